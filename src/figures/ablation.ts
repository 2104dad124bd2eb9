/**
 * What each change brings: every variant's difference to the baseline over the same seeds, with its bootstrap interval. Where the
 * interval holds 0, these seeds do not tell the two apart.
 */
import { type PairedDifference, pairedDifference } from '../evaluate/paired-difference'
import { type AgentRow, scoresBySeed } from '../evaluate/scores-by-seed'
import type { Direction } from '../sweep/trial-record'
import type { Figure, Plot } from './figure'
import { wrapLabel } from './hyperparameter-axis'
import { axis, layout, QUIET, readable, signed, translucent } from './theme'

export interface AblationOptions {
  /** The agent that all others are compared with: 'Double DQN'. */
  readonly baseline: string
  readonly title?: string
  /** The column compared; 'return' unless told. */
  readonly measure?: string
  /** What that column is, with its unit: 'Return per episode (reward)'. */
  readonly unit?: string
  /** The share of such intervals that should hold the truth. */
  readonly level?: number
  /** Whether more of the measure is good; 'maximise' unless told. */
  readonly direction?: Direction
}

type Verdict = 'better' | 'worse' | 'undecided'

interface Variant extends PairedDifference {
  readonly name: string
  readonly verdict: Verdict
  readonly bySeed: readonly { readonly seed: number; readonly difference: number }[]
}

// Shape says it too, for those who see no colour.
const LOOKS: Readonly<Record<Verdict, { colour: string; symbol: string }>> = {
  better: { colour: '#0072B2', symbol: 'triangle-right' },
  worse: { colour: '#D55E00', symbol: 'triangle-left' },
  undecided: { colour: QUIET, symbol: 'circle-open' },
}

/**
 * One row a variant, sorted by its difference, the best on top.
 *
 * @param rows tidy rows, one for each agent and seed, as `compare` gives them: { agent, seed, return, … }
 * @throws RangeError when the baseline is missing or alone, or as `pairedDifference` does
 */
export function ablation(rows: readonly AgentRow[], options: AblationOptions): Figure {
  const { baseline, title = `Each change against ${baseline}`, measure = 'return', level = 0.95, direction = 'maximise' } = options
  const unit = options.unit ?? (measure === 'return' ? 'Return per episode (reward)' : measure)
  const variants = variantsOf(rows, baseline, { measure, level, direction })
  const interval = `${readable(level * 100)} % interval`
  const pairs = [...new Set(variants.map(variant => variant.pairs))]
  const seeds = pairs.length === 1 ? seedsText(pairs[0]!) : `${Math.min(...pairs)} to ${Math.max(...pairs)} seeds`
  const data: Plot[] = [
    {
      x: variants.flatMap(({ bySeed }) => bySeed.map(({ difference }) => difference)),
      y: variants.flatMap(({ name, bySeed }) => bySeed.map(() => name)),
      text: variants.flatMap(({ bySeed }) => bySeed.map(({ seed }) => `seed ${seed}`)),
      type: 'scatter',
      mode: 'markers',
      marker: { size: 7, color: translucent(QUIET, 0.35) },
      hoverinfo: 'x+text',
      name: 'One seed',
      showlegend: false,
    },
  ]
  const names: Readonly<Record<Verdict, string>> = {
    better: 'Better',
    worse: 'Worse',
    undecided: 'Undecided: interval holds 0',
  }
  for (const verdict of ['better', 'worse', 'undecided'] as const) {
    const members = variants.filter(variant => variant.verdict === verdict)
    if (members.length > 0) data.push(marks(members, names[verdict], LOOKS[turned(verdict, direction)], LOOKS[verdict].colour))
  }
  const said = variants.map(
    ({ name, estimate, low, high, verdict, pairs: own }) =>
      `${name} ${signed(estimate)} (${own === 1 ? 'one seed, no interval' : `${signed(low)} to ${signed(high)}`}, ${verdict}${pairs.length > 1 ? `, ${seedsText(own)}` : ''})`,
  )
  return {
    data,
    layout: layout(
      title,
      `${unit}, mean difference to ${baseline} over the same ${seeds} with ${interval}: ${said.join('; ')}.`,
      {
        height: 190 + 48 * variants.length,
        xaxis: axis(`${unit}, difference to ${baseline}`),
        yaxis: axis('', {
          type: 'category',
          categoryorder: 'array',
          categoryarray: variants.map(({ name }) => name),
          range: [variants.length - 0.5, -0.5],
          ticks: '',
          tickmode: 'array',
          tickvals: variants.map(({ name }) => name),
          ticktext: variants.map(({ name }) => wrapLabel(name, 22)),
        }),
        shapes: [{ type: 'line', x0: 0, x1: 0, yref: 'paper', y0: 0, y1: 1, line: { color: '#2B2B2B', width: 1.5 }, layer: 'below' }],
      },
      `mark: mean over ${seeds}, bar: ${interval}, dot: a seed`,
    ),
  }
}

function variantsOf(
  rows: readonly AgentRow[],
  baseline: string,
  { measure, level, direction }: { measure: string; level: number; direction: Direction },
): Variant[] {
  const agents = [...new Set(rows.map(({ agent }) => agent))]
  if (!agents.includes(baseline)) {
    throw new RangeError(`baseline is '${baseline}', which has no rows; the rows are of ${agents.join(', ') || 'nobody'}`)
  }
  if (agents.length === 1) throw new RangeError(`all rows are of the baseline '${baseline}'; there is no variant to compare with it`)
  const reference = scoresBySeed(rows, baseline, measure)
  const variants = agents
    .filter(agent => agent !== baseline)
    .map((name): Variant => {
      const difference = pairedDifference(rows, name, baseline, { measure, level })
      const mine = Array.from(scoresBySeed(rows, name, measure)).filter(([seed]) => reference.has(seed))
      const bySeed = mine.map(([seed, score]) => ({ seed, difference: score - reference.get(seed)! }))
      return { ...difference, name, bySeed, verdict: verdictOf(difference, direction) }
    })
  const sign = direction === 'maximise' ? -1 : 1
  return variants.sort((a, b) => sign * (a.estimate - b.estimate))
}

/** A single pair has an interval without width, which decides nothing. */
function verdictOf({ low, high, pairs }: PairedDifference, direction: Direction): Verdict {
  if (pairs < 2 || (low <= 0 && high >= 0)) return 'undecided'
  return low > 0 === (direction === 'maximise') ? 'better' : 'worse'
}

/** The triangle points to where the mark lies: to the left of 0 where less is better. */
function turned(verdict: Verdict, direction: Direction): Verdict {
  if (verdict === 'undecided' || direction === 'maximise') return verdict
  return verdict === 'better' ? 'worse' : 'better'
}

function marks(variants: readonly Variant[], name: string, { symbol }: { symbol: string }, colour: string): Plot {
  return {
    x: variants.map(({ estimate }) => estimate),
    y: variants.map(variant => variant.name),
    type: 'scatter',
    mode: 'markers',
    marker: { size: 13, color: colour, symbol, line: { width: symbol.endsWith('open') ? 2.5 : 0 } },
    error_x: {
      type: 'data',
      symmetric: false,
      array: variants.map(({ estimate, high }) => high - estimate),
      arrayminus: variants.map(({ estimate, low }) => estimate - low),
      color: colour,
      thickness: 3,
      width: 8,
    },
    hoverinfo: 'x+y' as 'x+text',
    name,
  }
}

const seedsText = (count: number) => (count === 1 ? 'one seed' : `${count} seeds`)
