/** A progress bar for work that is not training. */
import { readable } from '../figures/theme'
import { type LiveDisplay, liveDisplay } from './live-display'
import { escapeHtml } from './table'

export interface ProgressBar {
  /** `done` of `total`; the bar is drawn at most four times a second. */
  update(done: number): void
  /** Ends the bar, also before it is full; its last frame says how far it came, without times. */
  finish(): void
}

/**
 * A bar under the running cell: label, share done, time left.
 *
 * @param total how much there is to do, more than 0
 */
export function progress(label: string, total: number): ProgressBar {
  if (!(total > 0)) throw new RangeError(`total is ${total}; it must be more than 0`)
  const started = performance.now()
  const display: LiveDisplay = liveDisplay()
  let reached = 0
  const frame = (note: string) => ({
    'text/html': `<div>${escapeHtml(label)} <progress value="${Math.min(1, reached / total)}" max="1"></progress> ${note}</div>`,
    'text/plain': `${label}: ${note}`,
  })
  const count = () => `${readable(reached)} of ${readable(total)}`
  const finish = () => display.last(frame(count()))
  return {
    finish,
    update(done) {
      reached = done
      if (done >= total) finish()
      else
        display.frame(() =>
          frame(`${count()}, ${timeLeft(((performance.now() - started) / 1000 / Math.max(done, 1e-9)) * (total - done))}`),
        )
    },
  }
}

/** Seconds as people say them: '40 s left', '3 min left'. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'time left unknown'
  if (seconds < 90) return `${Math.ceil(seconds)} s left`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min left` : `${Math.round(seconds / 3600)} h left`
}
