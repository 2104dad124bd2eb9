/** The live training chart: return, exploration and loss while an agent learns, in place; its last frame is a figure without times. */
import { describeFigure } from '../figures/figure'
import { readable } from '../figures/theme'
import { type TrainingCurves, trainingProgress } from '../figures/training-progress'
import type { Progress } from '../train/run-record'
import { kernel } from './kernel'
import { liveDisplay } from './live-display'
import { liveSvg } from './live-svg'
import { timeLeft } from './progress'
import { PLOTLY } from './show'

export interface LiveTrainingOptions {
  /** How many episodes the chart has room for; by default as many as train was told. */
  readonly episodes?: number
  readonly title?: string
  /** Draws into an `html` widget instead of an output of the cell: for buttons that train. */
  readonly into?: { value: string }
  /** Stops the training; the running cell's unless told. */
  readonly signal?: AbortSignal
}

export interface LiveTraining {
  onProgress(progress: Progress): void
  readonly signal?: AbortSignal
}

/**
 * A chart to spread into train's options: `train(agent, env, { episodes, seed, ...liveTraining({ title }) })`.
 *
 * It draws at most four times a second. Interrupting the cell stops the training and leaves the chart as it was; a second training needs
 * a chart of its own. Outside a notebook it prints the last state as a sentence.
 */
export function liveTraining({ episodes, title = 'Training', into, signal = kernel()?.signal }: LiveTrainingOptions = {}): LiveTraining {
  if (episodes !== undefined && !(episodes >= 1)) throw new RangeError(`episodes is ${episodes}; it must be at least 1`)
  const room = (progress: Progress | undefined) => episodes ?? progress?.episodes ?? 1
  const place = liveDisplay(into)
  let latest: Progress | undefined

  const finish = (interrupted: boolean) => {
    signal?.removeEventListener('abort', stop)
    const curves = latest ? copied(latest) : { returns: [], lengths: [], losses: [], epsilons: [] }
    const figure = trainingProgress(curves, { title, interrupted })
    const drawing = into
      ? { 'text/html': liveSvg(title, { ...curves, episodes: room(latest) }) }
      : { [PLOTLY]: { data: figure.data, layout: figure.layout } }
    place.last({ ...drawing, 'text/plain': describeFigure(figure) })
  }
  const stop = () => finish(true)
  signal?.addEventListener('abort', stop, { once: true })

  return {
    ...(signal ? { signal } : {}),
    onProgress(progress) {
      if (place.finished) return
      latest = progress
      if (progress.episode >= progress.episodes || progress.step >= progress.steps) return finish(false)
      place.frame(() => {
        const of = Number.isFinite(progress.episodes) ? ` of ${readable(progress.episodes)}` : ''
        const pace = `${readable(Math.round(progress.stepsPerSecond))} steps/s · ${timeLeft(progress.secondsLeft)}`
        const state = `Episode ${readable(progress.episode)}${of} · ${pace}`
        return {
          'text/html': `${liveSvg(title, { ...progress, episodes: room(progress) })}<div>${state}</div>`,
          'text/plain': `${title}: ${state}`,
        }
      })
    },
  }
}

/** The lists may go on growing behind us; the last frame keeps what it was given. */
function copied({ returns, lengths, losses, epsilons }: Progress): Required<TrainingCurves> {
  return { returns: [...returns], lengths: [...lengths], losses: [...losses], epsilons: [...epsilons] }
}
