/** How a sweep goes, for people: a table that is drawn again and again on a terminal, or a line for each trial where there is none. */
import type { SweepProgress } from '../sweep/run-sweep'
import { describeConfiguration, type SweepPlan } from '../sweep/sweep-plan'
import type { TrialRecord } from '../sweep/trial-record'
import { duration } from './progress-bar'

export interface SweepTable {
  onProgress(progress: SweepProgress): void
  onTrial(trial: TrialRecord): void
  stop(): void
}

const millisecondsBetweenDrawings = 200
/** Rows of trials that have ended, the latest last. */
const rowsShown = 8

/** @param silent says nothing at all */
export function sweepTable(plan: SweepPlan, { silent = false } = {}): SweepTable {
  const output = process.stderr
  if (silent) return { onProgress() {}, onTrial() {}, stop() {} }
  if (!output.isTTY) {
    return { onProgress() {}, onTrial: trial => void output.write(`${trialLine(trial)}\n`), stop() {} }
  }
  const ended: TrialRecord[] = []
  let lines = 0
  let drawn = -Infinity
  let latest: SweepProgress | undefined

  function clear(): void {
    if (lines > 0) output.write(`\x1b[${lines}A\x1b[J`)
    lines = 0
  }

  function draw(): void {
    if (!latest) return
    drawn = performance.now()
    const { running, best, secondsLeft, ended: count, trials } = latest
    const text = [
      `${plan.name}: ${count} of ${trials} trials, ${duration(secondsLeft)} left`,
      ...ended.slice(-rowsShown).map(trialLine),
      ...running.map(({ number, configuration, done, value }) =>
        rowLine(number, value, `${Math.floor(100 * done)} %`, describeConfiguration(configuration)),
      ),
      ...(best ? [`best: trial ${best.number}, ${plan.metric.name} ${format(best.value)}`] : []),
    ].map(line => cut(line, output.columns || 80))
    clear()
    output.write(`${text.join('\n')}\n`)
    lines = text.length
  }

  return {
    onProgress(progress) {
      latest = progress
      if (performance.now() - drawn >= millisecondsBetweenDrawings) draw()
    },
    onTrial: trial => void ended.push(trial),
    stop: clear,
  }
}

function trialLine({ number, value, state, configuration, error }: TrialRecord): string {
  return rowLine(number, value, state, describeConfiguration(configuration) + (error === undefined ? '' : ` – ${error}`))
}

function rowLine(number: number, value: number | undefined, state: string, text: string): string {
  return `trial ${String(number).padStart(4)}  ${format(value).padStart(9)}  ${state.padEnd(8)}  ${text}`
}

function format(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(4)
}

/** A line that the terminal would break could not be counted. */
function cut(line: string, width: number): string {
  return line.length < width ? line : `${line.slice(0, Math.max(0, width - 2))}…`
}
