/** One output that changes while work goes on: drawn at most a few times a second, and by its last frame for good. */
import { kernel } from './kernel'

/** Milliseconds between two frames. */
const PACE = 250

// Counted across reloads of this file, so that a display made before one is never overwritten by one made after it.
const counter = Symbol.for('shoplab.displays')

function nextId(): string {
  const shared = globalThis as { [counter]?: number }
  shared[counter] = (shared[counter] ?? 0) + 1
  return `shoplab-live-${shared[counter]}`
}

/** The same frame by MIME type, as outputs have it. */
export type Frame = Readonly<Record<string, unknown>>

export interface LiveDisplay {
  /** Draws a frame, unless the one before it is too recent; `make` is called only when it is drawn. */
  frame(make: () => Frame): void
  /** Draws the last frame, which stays; frames after it are ignored. */
  last(frame: Frame): void
  readonly finished: boolean
}

/** In a notebook an output updated in place, or the html widget given; elsewhere nothing but the text of the last frame. */
export function liveDisplay(widget?: { value: string }): LiveDisplay {
  const running = kernel()
  const id = running && !widget ? nextId() : ''
  let drawn = Number.NEGATIVE_INFINITY
  let shown = false
  let finished = false
  function draw(frame: Frame): void {
    if (widget) widget.value = String(frame['text/html'])
    else if (running) running.display(frame, { id, update: shown })
    else if (finished) process.stdout.write(`${frame['text/plain']}\n`)
    shown = true
  }
  return {
    get finished() {
      return finished
    },
    frame(make) {
      if (finished || performance.now() - drawn < PACE) return
      draw(make())
      drawn = performance.now()
    },
    last(frame) {
      if (finished) return
      finished = true
      draw(frame)
    },
  }
}
