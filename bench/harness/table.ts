/** What was measured as rows: median (least–most) of ours and the peer, the ratio of medians, the goal and whether it is met. */
import { median } from 'simple-statistics'
import type { Measured } from './measure'
import type { Figure, Goal, Subject } from './subject'

export const columns = ['case', 'ours', 'ours: median (min–max)', 'peer', 'peer: median (min–max)', 'unit', 'ratio', 'goal', ''] as const

/** The rows of one case: a row for each figure of each variant. */
export function rowsOf(subject: Subject, measured: Measured): readonly (readonly string[])[] {
  const variants = subject.cases.find(({ what }) => what === measured.what)!.ours
  return measured.ours.flatMap((ours, which) =>
    measured.figures.map((figure, at) => {
      const peer = measured.peer?.turns[at]
      const ratio = peer && ratioOf(figure, ours.turns[at]!, peer)
      const goal = variants[which]!.goals?.[at]
      return [
        figure.name ? `${measured.what}, ${figure.name}` : measured.what,
        ours.name,
        spread(ours.turns[at]!),
        measured.peer?.name ?? '–',
        peer ? spread(peer) : '–',
        figure.unit,
        ratio === undefined ? '–' : short(ratio),
        goal ? words(goal, figure) : '',
        goal ? verdict(goal, figure, ours.turns[at]!, ratio) : '',
      ]
    }),
  )
}

/** How many times as good ours is. */
function ratioOf({ better }: Figure, ours: readonly number[], peer: readonly number[]): number {
  const [a, b] = [median([...ours]), median([...peer])]
  return better === 'more' ? a / b : b / a
}

function words(goal: Goal, { better }: Figure): string {
  if ('ratio' in goal) return `≥ ${goal.ratio}`
  return `${better === 'more' ? '≥' : '≤'} ${goal.each} in every turn`
}

function verdict(goal: Goal, { better }: Figure, ours: readonly number[], ratio: number | undefined): string {
  if ('each' in goal) {
    const met = ours.filter(value => (better === 'more' ? value >= goal.each : value <= goal.each)).length
    return met === ours.length ? 'met' : `missed (${met} of ${ours.length})`
  }
  if (ratio === undefined) return ''
  return ratio >= goal.ratio ? 'met' : 'missed'
}

function spread(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return `${short(median([...values]))} (${short(low)}–${short(high)})`
}

/** Three digits that count, or all before the point. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value >= 1e6) return `${short(value / 1e6)} million`
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
