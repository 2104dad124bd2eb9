/**
 * Purchase funnel: how many come from each stage to the next, and how many drop off on the way.
 *
 * Two things can be counted. Events, as they stand in `eventCounter().counts()` or `evaluate`'s `counts`: simple, and they add up over
 * segments, but a shop where one can buy without a cart may have more purchases than carts, so that a rate is above 1 and a drop-off negative.
 * Or sessions that came so far, stage after stage in this order (`sessionsReached`): these never grow. A stage that the shop does not
 * have counts 0, and so does what follows it in `sessionsReached`; name the stages it has, such as impression, click, purchase.
 */
import { checkWord } from '../data/check'
import { type EventKind, eventCode, eventKinds } from '../envs/events'
import { rate } from './rate'
import type { RecordedEvents } from './recorded-events'

export interface FunnelStage {
  readonly stage: EventKind
  readonly count: number
  /** count / count of the stage before; 1 for the first stage, 0 after a stage of 0. */
  readonly rate: number
  /** 1 - rate: the share lost on the way here; 0 for the first stage, and after a stage of 0, which has none to lose. */
  readonly dropOff: number
  /** count / count of the first stage; 0 where that is 0. */
  readonly ofFirst: number
}

export const funnelStages: readonly EventKind[] = ['view', 'like', 'cart', 'purchase']

/**
 * @param counts by kind; a stage that is missing counts 0
 * @throws RangeError for no stage, one that is no kind of event or named twice, counts of none of them, and a count that is negative or NaN
 */
export function purchaseFunnel(
  counts: Readonly<Partial<Record<EventKind, number>>>,
  stages: readonly EventKind[] = funnelStages,
): FunnelStage[] {
  checkStages(stages)
  if (stages.every(stage => counts[stage] === undefined)) {
    throw new RangeError(`counts has none of ${stages.join(', ')}; it has ${Object.keys(counts).join(', ') || 'nothing'}`)
  }
  const count = (stage: EventKind) => counts[stage] ?? 0
  return stages.map((stage, at) => {
    const before = stages[at - 1]
    const ofFirst = rate(count(stage), count(stages[0]!), [stage, stages[0]!])
    if (before === undefined) return { stage, count: count(stage), rate: 1, dropOff: 0, ofFirst }
    const passed = rate(count(stage), count(before), [stage, before])
    return { stage, count: count(stage), rate: passed, dropOff: count(before) === 0 ? 0 : 1 - passed, ofFirst }
  })
}

/**
 * How many sessions reached each stage after having reached all before it, in this order of time: counts for `purchaseFunnel`.
 *
 * @throws RangeError for no stage, or one that is no kind of event or named twice
 */
export function sessionsReached(
  events: Pick<RecordedEvents, 'count' | 'session' | 'kind' | 'sessions'>,
  stages: readonly EventKind[] = funnelStages,
): Partial<Record<EventKind, number>> {
  checkStages(stages)
  const reached = new Int32Array(events.sessions.count)
  const codes = stages.map(stage => eventCode[stage])
  for (let at = 0; at < events.count; at++) {
    const session = events.session[at]!
    if (events.kind[at] === codes[reached[session]!]) reached[session]!++
  }
  return Object.fromEntries(stages.map((stage, at) => [stage, reached.filter(stagesReached => stagesReached > at).length]))
}

function checkStages(stages: readonly EventKind[]): void {
  if (stages.length === 0) throw new RangeError('stages is empty; a funnel has at least one stage')
  stages.forEach((stage, at) => {
    checkWord(`stages[${at}]`, stage, eventKinds)
    if (stages.indexOf(stage) < at) throw new RangeError(`stages names ${stage} twice; a funnel has each stage once`)
  })
}
