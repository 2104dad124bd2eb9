/**
 * What policies earn in offers, and that looking ahead pays: `npx tsx lab/calibrate/offers.ts`, with options `'{"dataSeed": 1}'`.
 *
 * The worth of a policy for a shopper is reckoned backwards from the month's end over day, days since the last purchase, message under way
 * and fatigue (a grid of 12, linear in between). Compared are never sending; the message best for the day, every day; the myopic oracle,
 * which may also send nothing; and planning ahead. To keep the planner small, of the messages of a channel that arrive today the best for
 * the day stands for all, and of those of the next day the best at a usual need, so planning ahead is worth at least what is printed.
 * tests/envs/offers-calibration.test.ts plays the policies in the shop itself.
 */
import type { Env } from '../../src/envs/env'
import { offers } from '../../src/envs/offers'
import { type OffersModel, offersModel } from '../../src/envs/offers-model'
import { type OffersOptions, type OffersSettings, offersSettings } from '../../src/envs/offers-options'
import { offersWorld } from '../../src/envs/offers-world'
import { actionWidth, randomActions } from '../../src/envs/spaces'
import { stream } from '../../src/random/generator'

export const policies = ['never', 'every day', 'myopic', 'far-sighted'] as const
export type Policy = (typeof policies)[number]

const grid = 12
const mostFatigue = 8
// Finer where fatigue is low.
const fatigues = Float64Array.from({ length: grid }, (_, at) => mostFatigue * (at / (grid - 1)) ** 2)
const placeOf = (fatigue: number) => Math.sqrt(Math.min(fatigue, mostFatigue) / mostFatigue) * (grid - 1)

interface Effect {
  readonly answer: number
  /** Probability that the shopper stays without a purchase though the message was opened. */
  readonly stays: number
  readonly margin: number
  readonly cost: number
  readonly tiring: number
  /** Whether a message arrives: only then does anybody unsubscribe. */
  readonly arrives: boolean
}

const noEffect: Effect = { answer: 0, stays: 1, margin: 0, cost: 0, tiring: 0, arrives: false }

/** A day at some need: what one may do, 0 nothing, 1 to 3 a message that arrives today by each channel, then those of the next day. */
interface Day {
  readonly need: number
  readonly actions: readonly number[]
  readonly today: readonly Effect[]
  /** The effects of what was under way: 0 nothing, then the messages of the next day. */
  readonly morning: readonly Effect[]
}

export interface Plan {
  /** What the policy earns in a month, on average. */
  readonly worth: number
  /** The policy's action, from what a copy's snapshot holds. */
  choose(day: number, daysSincePurchase: number, pending: number, fatigue: number): number
}

export function planFor(model: OffersModel, settings: OffersSettings, shopper: number, policy: Policy): Plan {
  const { horizon } = settings
  const since = model.parameters.features.table[shopper * 10 + 9]!
  const later = nextDayMessages(model, settings, shopper, policy)
  const dayAfter = (days: number) => dayOf(model, settings, shopper, model.needAfter(shopper, days), later)
  // By days since a purchase of this month; the last row is a month without one so far.
  const bought = Array.from({ length: horizon }, (_, days) => dayAfter(days + 1))
  const notYet = Array.from({ length: horizon }, (_, day) => dayAfter(since + day + 1))
  const lastRow = horizon
  const waits = later.length + 1
  const at = (row: number, waiting: number, place: number) => (row * waits + waiting) * grid + place
  const [from, to] = [policy === 'every day' ? 1 : 0, policy === 'never' ? 0 : 3 + later.length]
  const choices: Uint8Array[] = []
  let after = new Float64Array((lastRow + 1) * waits * grid)
  let now = new Float64Array(after.length)
  for (let day = horizon - 1; day >= 0; day--) {
    const chosen = new Uint8Array(after.length)
    for (let row = 0; row <= lastRow; row++) {
      if (row >= day && row < lastRow) continue
      const { need, today, morning } = row === lastRow ? notYet[day]! : bought[row]!
      const nextRow = row === lastRow ? row : row + 1
      for (let waiting = 0; waiting < waits; waiting++) {
        for (let place = 0; place < grid; place++) {
          let best = -Infinity
          for (let choice = from; choice <= to; choice++) {
            takeDay(model, settings, shopper, need, fatigues[place]!, morning[waiting]!, today[choice]!)
            const spot = placeOf(taken.fatigue)
            const low = Math.min(grid - 2, Math.floor(spot))
            const high = spot - low
            const underWay = choice > 3 ? choice - 3 : 0
            const stayed = at(nextRow, underWay, low)
            const purchased = at(0, underWay, low)
            const future =
              taken.stays * ((1 - high) * after[stayed]! + high * after[stayed + 1]!) +
              (1 - taken.stays) * ((1 - high) * after[purchased]! + high * after[purchased + 1]!)
            const total = taken.reward + (1 - taken.leaves) * future
            const score = policy === 'far-sighted' ? total : taken.reward
            if (score <= best) continue
            best = score
            now[at(row, waiting, place)] = total
            chosen[at(row, waiting, place)] = choice
          }
        }
      }
    }
    // What is left in the other from the day after tomorrow is written over before it is read.
    ;[after, now] = [now, after]
    choices[day] = chosen
  }
  return {
    worth: after[at(lastRow, 0, 0)]!,
    choose(day, daysSincePurchase, pending, fatigue) {
      const row = daysSincePurchase < day ? daysSincePurchase : lastRow
      const { actions } = row === lastRow ? notYet[day]! : bought[row]!
      return actions[choices[day]![at(row, later.indexOf(pending) + 1, Math.round(placeOf(fatigue)))]!]!
    },
  }
}

/** What `takeDay` found; one object for all days, since there are millions. */
const taken = { reward: 0, stays: 0, leaves: 0, fatigue: 0 }

function takeDay(
  model: OffersModel,
  settings: OffersSettings,
  shopper: number,
  need: number,
  fatigue: number,
  morning: Effect,
  today: Effect,
): void {
  taken.fatigue = settings.fatigueKept * fatigue + morning.tiring + today.tiring
  const strain = taken.fatigue / model.tolerance[shopper]!
  const calm = 1 / (1 + strain)
  const alone = 1 - model.buysAlone(shopper, need, calm)
  const [opensMorning, opensToday] = [morning.answer * calm, today.answer * calm]
  const staysMorning = alone * (1 - opensMorning + opensMorning * morning.stays)
  const plain = settings.marginShare * model.parameters.orderValue[shopper]!
  const withoutToday = (1 - opensMorning) * (1 - alone) * plain + opensMorning * (1 - alone * morning.stays) * morning.margin
  taken.reward = (1 - opensToday) * withoutToday + opensToday * (1 - staysMorning * today.stays) * today.margin - today.cost
  taken.stays = staysMorning * (1 - opensToday + opensToday * today.stays)
  taken.leaves = morning.arrives || today.arrives ? model.leaves(strain) : 0
}

function dayOf(model: OffersModel, settings: OffersSettings, shopper: number, need: number, later: readonly number[]): Day {
  const { table, answers } = model
  const now = bestMessages(model, settings, shopper, need, 0)
  const effect = (message: number): Effect => ({
    answer: answers[shopper * 12 + table.answer[message]!]!,
    stays: 1 - model.persuades(shopper, message, need),
    margin: table.kept[message]! * model.parameters.orderValue[shopper]! - table.given[message]!,
    cost: table.cost[message]!,
    tiring: table.tiring[message]!,
    arrives: true,
  })
  return {
    need,
    actions: [table.messages, ...now, ...later],
    today: [noEffect, ...now.map(effect), ...later.map(message => ({ ...noEffect, cost: table.cost[message]! }))],
    morning: [noEffect, ...later.map(effect)],
  }
}

/** Which next-day messages a policy may choose: today they cost and bring nothing, so whoever looks at today takes the cheapest at most. */
function nextDayMessages(model: OffersModel, settings: OffersSettings, shopper: number, policy: Policy): number[] {
  if (settings.timings === 3 || policy === 'never' || policy === 'myopic') return []
  const good = bestMessages(model, settings, shopper, model.needAfter(shopper, 15), 1)
  if (policy === 'far-sighted') return good
  const { cost } = model.table
  return [good.reduce((one, other) => (cost[other]! < cost[one]! ? other : one))]
}

/** Of each channel the message that adds most to the margin of its day, without fatigue; of today's timings (0) or of the next day's (1). */
function bestMessages(
  { table, answers, parameters, ...model }: OffersModel,
  { marginShare }: OffersSettings,
  shopper: number,
  need: number,
  delayed: number,
): number[] {
  const order = parameters.orderValue[shopper]!
  const alone = model.buysAlone(shopper, need, 1)
  const best = [-1, -1, -1]
  const most = [-Infinity, -Infinity, -Infinity]
  for (let message = 0; message < table.messages; message++) {
    if (table.delayed[message] !== delayed) continue
    const bought = 1 - (1 - alone) * (1 - model.persuades(shopper, message, need))
    const margin = table.kept[message]! * order - table.given[message]!
    const gain = answers[shopper * 12 + table.answer[message]!]! * (bought * margin - alone * marginShare * order)
    const channel = table.channel[message]!
    if (gain > most[channel]!) [best[channel], most[channel]] = [message, gain]
  }
  return best
}

/** Mean worths over the first shoppers, or all of them. */
export function meanWorths(options: OffersOptions = {}, shoppers = Infinity): Record<Policy, number> {
  const settings = offersSettings(options)
  const model = offersModel(settings, offersWorld(settings))
  const count = Math.min(shoppers, model.parameters.count)
  const sums = { never: 0, 'every day': 0, myopic: 0, 'far-sighted': 0 }
  for (let shopper = 0; shopper < count; shopper++) {
    for (const policy of policies) sums[policy] += planFor(model, settings, shopper, policy).worth / count
  }
  return sums
}

/** Mean return and its standard error, of the first months of every copy. */
export function played(env: Env, act: (env: Env, actions: Int32Array) => void, months: number): { mean: number; error: number } {
  const actions = new Int32Array(env.copies * actionWidth(env.spec.actions))
  const sums = new Float64Array(env.copies)
  const finished = new Int32Array(env.copies)
  const returns: number[] = []
  env.reset(5)
  while (returns.length < env.copies * months) {
    act(env, actions)
    env.step(actions)
    for (let copy = 0; copy < env.copies; copy++) {
      sums[copy]! += env.rewards[copy]!
      if (!env.terminated[copy] && !env.truncated[copy]) continue
      // As many months of each copy: counting what is over first would favour those that end early.
      if (finished[copy]!++ < months) returns.push(sums[copy]!)
      sums[copy] = 0
    }
  }
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
  const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1)
  return { mean, error: Math.sqrt(variance / returns.length) }
}

export function playedAtRandom(options: OffersOptions, copies = 1000, months = 4): { mean: number; error: number } {
  const generator = stream(5, 'random policy')
  return played(offers(copies, options), (env, actions) => randomActions(env.spec.actions, generator, actions), months)
}

if (process.argv[1]?.endsWith('calibrate/offers.ts')) {
  const options = JSON.parse(process.argv[2] ?? '{}') as OffersOptions
  const worths = meanWorths(options)
  for (const policy of policies) console.log(`${policy.padEnd(16)} ${worths[policy].toFixed(2)}`)
  for (const actions of ['flat', 'factored'] as const) {
    const { mean, error } = playedAtRandom({ ...options, actions })
    console.log(`random, ${actions.padEnd(8)} ${mean.toFixed(2)} ± ${error.toFixed(2)}`)
  }
  const ahead = worths['far-sighted']
  console.log(
    `far-sighted / myopic ${(ahead / worths.myopic).toFixed(3)}, every day / never ${(worths['every day'] / worths.never).toFixed(3)}`,
  )
}
