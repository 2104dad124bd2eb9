/** A bar for long work on a terminal's standard error; nothing where nobody watches, so that logs and pipes stay clean. */
import { SingleBar } from 'cli-progress'
import type { Progress } from '../train/run-record'

export interface ProgressBar {
  show(progress: Progress): void
  stop(): void
}

/** Returns over as many of the last episodes as this are averaged. */
const RECENT = 100

/** @param limits how many episodes there will be, or steps where those are not counted */
export function progressBar(
  { episodes, steps = 0 }: { readonly episodes?: number; readonly steps?: number },
  { silent = false } = {},
): ProgressBar {
  if (silent || !process.stderr.isTTY) return { show() {}, stop() {} }
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${episodes === undefined ? 'steps' : 'episodes'} · return {recent} · epsilon {epsilon} · {speed} steps/s · {left} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  })
  const total = episodes ?? steps
  bar.start(total, 0, { recent: '–', epsilon: '–', speed: '–', left: '–' })
  return {
    show({ episode, step, returns, epsilon, stepsPerSecond, secondsLeft }) {
      const recent = returns.slice(-RECENT)
      bar.update(Math.min(episodes === undefined ? step : episode, total), {
        recent: recent.length === 0 ? '–' : (recent.reduce((sum, one) => sum + one, 0) / recent.length).toFixed(2),
        epsilon: Number.isFinite(epsilon) ? epsilon?.toFixed(2) : '–',
        speed: Math.round(stepsPerSecond),
        left: duration(secondsLeft),
      })
    },
    stop: () => bar.stop(),
  }
}

/** 75 → '1:15'; '–' where it is not known yet. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  const whole = Math.ceil(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
