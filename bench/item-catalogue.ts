/** The item-embedding DQN as the catalogue grows: time of an update and of a decision, beside Double DQN, whose output layer names every item. */
import { median } from 'simple-statistics'
import type { Agent } from '../src/agents/agent'
import { doubleDqn } from '../src/agents/double-dqn'
import { itemDqn } from '../src/agents/item-dqn'
import type { Env, Items } from '../src/envs/env'
import type { Figure } from '../src/figures/figure'
import { lineChart } from '../src/figures/line-chart'
import { normal } from '../src/random/draws'
import { stream } from '../src/random/generator'
import { callsPerSecond } from './harness/calls'
import type { Measured } from './harness/measure'
import { shapeOnly } from './harness/shape-only'
import type { Case, Subject, Window } from './harness/subject'

const sizes = [100, 1000, 10_000, 100_000]
const featureWidth = 20
const warmUp = 64

/** A catalogue of normal numbers; labels would only take room. */
function catalogue(items: number): Items {
  const generator = stream(1, 'items')
  const features = Float32Array.from({ length: items * featureWidth }, () => normal(generator))
  return { features, width: featureWidth, labels: [] }
}

type Maker = (env: Env, seed: number) => Promise<Agent>

/** Milliseconds of an update, and of a greedy decision for one shopper right after an update, as acting while learning has it. */
async function measure(make: Maker, size: number, window: Window): Promise<readonly number[]> {
  const items = window.quick ? sizes[0]! : size
  const env = shapeOnly({ width: 42, actions: items, items: catalogue(items) })
  const agent = await make(env, window.turn)
  const [before, actions] = [new Float32Array(42), new Int32Array(1)]
  const step = () => {
    before.set(env.observations)
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
  }
  env.reset(window.turn)
  for (let at = 0; at < warmUp; at++) step()
  const updates = await callsPerSecond(() => {
    agent.observe(env, before, actions)
    agent.update()
  }, window)
  // The decision alone, however short it is beside the update before it.
  let [spent, decisions] = [0, 0]
  await callsPerSecond(() => {
    agent.observe(env, before, actions)
    agent.update()
    const from = performance.now()
    agent.act(env.observations, false, actions)
    spent += performance.now() - from
    decisions++
  }, window)
  agent.dispose()
  return [1000 / updates, spent / decisions]
}

const makers: readonly { readonly name: string; readonly most: number; readonly make: Maker }[] = [
  { name: 'item-dqn', most: Infinity, make: (env, seed) => Promise.resolve(itemDqn(env, { warmUp, seed })) },
  { name: 'double-dqn', most: 10_000, make: ({ spec }, seed) => doubleDqn(spec, { warmUp, seed }) },
]

/** Medians, with the least and the greatest of the turns as bands. */
function picture(cases: readonly Measured[]): Figure {
  const series = makers.flatMap(({ name, most }) => {
    const known = sizes.filter(size => size <= most)
    const own = known.map(size => cases[sizes.indexOf(size)]!.ours.find(variant => variant.name === name)!.turns)
    return ['update', 'decision'].map((what, figure) => {
      const turns = own.map(figures => [...figures[figure]!])
      const [low, high] = [turns.map(times => Math.min(...times)), turns.map(times => Math.max(...times))]
      return { label: `${name}: ${what}`, x: known, y: turns.map(times => median(times)), low, high }
    })
  })
  return lineChart(series, {
    title: 'Time against the size of the catalogue',
    across: 'Items (log)',
    up: 'Milliseconds (log)',
    logarithmic: 'both',
    note: 'one update of 32 transitions; one decision while learning; one core; median of the turns',
  })
}

export const subject: Subject = {
  title: 'The item-embedding DQN as the catalogue grows: one update of 32 transitions, and one decision while learning',
  remark: `Items have 20 features, observations 42 numbers; both agents with their defaults. An update seeks the best next item among all of the
catalogue. A decision is taken after every update, so that the vectors of the items are worked out anew as often as the agent does it while it
learns.`,
  picture,
  cases: sizes.map(
    (items): Case => ({
      what: `${items.toLocaleString('en')} items`,
      figures: [
        { name: 'update', unit: 'ms', better: 'less' },
        { name: 'decision', unit: 'ms', better: 'less' },
      ],
      ours: makers.filter(({ most }) => items <= most).map(({ name, make }) => ({ name, run: window => measure(make, items, window) })),
    }),
  ),
}
