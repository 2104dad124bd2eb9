/** The shops: random actions, events included, 256 copies stepped together and one alone. */
import { eventCode } from '../src/envs/events'
import { makeEnv } from '../src/envs/registry'
import { actionWidth, randomActions } from '../src/envs/spaces'
import { stream } from '../src/random/generator'
import { callsPerSecond } from './harness/calls'
import type { Case, PythonPeer, Subject, Window } from './harness/subject'

type Options = Readonly<Record<string, unknown>>

/** Numbers of actions drawn before anything is measured, and steps of all copies in one call of the measured function. */
const actionsDrawn = 2 ** 20
const copyStepsPerCall = 2 ** 14

/** Steps of one copy in a second, or rows of a log where `rows` counts them. */
async function rate(name: string, options: Options, copies: number, window: Window, rows = false): Promise<number> {
  const env = makeEnv(name, copies, options)
  const space = env.spec.actions
  const width = copies * actionWidth(space)
  const generator = stream(window.turn, 'actions')
  const actions = Array.from({ length: Math.max(1, Math.floor(actionsDrawn / width)) }, () => {
    const drawn = new Int32Array(width)
    randomActions(space, generator, drawn)
    return drawn
  })
  env.reset(window.turn)
  let steps = 0
  let counted = 0
  let next = 0
  const perCall = Math.max(1, copyStepsPerCall / copies)
  const calls = await callsPerSecond(() => {
    for (let at = 0; at < perCall; at++) {
      env.step(actions[next]!)
      next = next + 1 === actions.length ? 0 : next + 1
      if (rows) counted += rowsOf(env.events.kind, env.events.count)
    }
    steps += perCall * copies
  }, window)
  return calls * perCall * copies * (rows ? counted / steps : 1)
}

/** Organic views and recommendations: what RecoGym's log has a row for. */
function rowsOf(kinds: Uint8Array, count: number): number {
  let rows = 0
  for (let at = 0; at < count; at++) if (kinds[at] === eventCode.view || kinds[at] === eventCode.impression) rows++
  return rows
}

interface Measured {
  readonly what: string
  readonly name: string
  readonly options?: Options
  readonly goal: { readonly ratio: number } | { readonly each: number }
  readonly unit?: string
  readonly peer?: PythonPeer
}

const measured: readonly Measured[] = [
  { what: 'candy-store', name: 'candy-store', goal: { each: 3e6 } },
  { what: 'marketplace', name: 'marketplace', goal: { each: 1.5e6 } },
  {
    what: 'simshop, brand_lover',
    name: 'simshop',
    options: { userTypes: 'brand_lover' },
    goal: { ratio: 500 },
    unit: 'pages/s',
    peer: { name: 'SimShop', script: 'simshop_speed', only: 'ShopEnv, brand_lover' },
  },
  { what: 'interaction-log', name: 'interaction-log', goal: { each: 5e6 } },
  { what: 'offers', name: 'offers', goal: { each: 3e6 } },
  {
    what: 'recsim-interest-evolution, 10 candidates, slate 2',
    name: 'recsim-interest-evolution',
    options: { candidates: 10, slate: 2 },
    goal: { ratio: 100 },
    peer: { name: 'RecSim', script: 'recsim_speed', only: 'interest evolution, 10 candidates, slate 2' },
  },
  {
    what: 'recsim-interest-evolution, 20 candidates, slate 3',
    name: 'recsim-interest-evolution',
    options: { candidates: 20, slate: 3 },
    goal: { ratio: 90 },
    peer: { name: 'RecSim', script: 'recsim_speed', only: 'interest evolution, 20 candidates, slate 3' },
  },
  {
    what: 'recsim-long-term-satisfaction, 10 candidates',
    name: 'recsim-long-term-satisfaction',
    options: { candidates: 10 },
    goal: { ratio: 100 },
    peer: { name: 'RecSim', script: 'recsim_speed', only: 'long-term satisfaction, 10 candidates, slate 2' },
  },
  {
    what: 'recogym, 10 products',
    name: 'recogym',
    options: { products: 10 },
    goal: { ratio: 100 },
    unit: 'events/s',
    peer: { name: 'RecoGym', script: 'recogym_speed', only: 'P=10,' },
  },
  {
    what: 'recogym, 100 products',
    name: 'recogym',
    options: { products: 100 },
    goal: { ratio: 50 },
    unit: 'events/s',
    peer: { name: 'RecoGym', script: 'recogym_speed', only: 'P=100,' },
  },
]

const together: Case[] = measured.map(({ what, name, options = {}, goal, unit = 'steps/s', peer }) => ({
  what: `${what}, 256 copies`,
  figures: [{ unit, better: 'more' }],
  ours: [{ name: 'shoplab', goals: [goal], run: async window => [await rate(name, options, 256, window, unit === 'events/s')] }],
  ...(peer && { peer }),
}))

/** One copy beside 256 in one process and turn, so that the machine's pace is the same for both. */
const alone: Case[] = measured.map(({ what, name, options = {} }) => ({
  what: `${what}, 1 copy`,
  figures: [{ unit: 'times the rate of 256', better: 'more' }],
  ours: [
    {
      name: 'shoplab',
      goals: [{ each: 0.25 }],
      async run(window) {
        const half = { ...window, seconds: window.seconds / 2 }
        const many = await rate(name, options, 256, half)
        return [(await rate(name, options, 1, half)) / many]
      },
    },
  ],
}))

export const subject: Subject = {
  title: 'The shops, random actions, default options but for those named',
  remark: `Ended episodes start anew, and all events are written. A step is one step of one copy; of recogym, a row of the original's log is counted: an
organic view or a recommendation. The peers step one user at a time, as they can. RecSim's long-term satisfaction was given slates of 2, ours shows 1:
the user always takes the first. RecSim and RecoGym draw their slates and logs themselves within the time measured; ours takes its actions from a table drawn before.`,
  seconds: 3,
  cases: [...together, ...alone],
}
