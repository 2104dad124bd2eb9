/**
 * What contextual bandits lose against the best arm, over ten problems each; quick versions are in tests/agents. Lower means lower by
 * four standard errors of the differences, problem by problem.
 * Half a minute on two cores.
 */
import { expect, test } from 'vitest'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { linTs } from '../../src/agents/lin-ts'
import { linUcb } from '../../src/agents/lin-ucb'
import { neuralEpsilonGreedy } from '../../src/agents/neural-epsilon-greedy'
import { randomAgent } from '../../src/agents/random'
import { meanOf } from '../agents/bandit-support'
import { lowerBy, regret } from '../agents/contextual-support'

const seeds = Array.from({ length: 10 }, (_, at) => at + 1)

/** The regret of each problem, agent by agent, and a line for each. */
async function table<Name extends string>(
  agents: Readonly<Record<Name, Parameters<typeof regret>[0]>>,
  steps: number,
  options: Parameters<typeof regret>[3],
): Promise<Record<Name, number[]>> {
  const found = {} as Record<Name, number[]>
  for (const [name, make] of Object.entries(agents) as [Name, Parameters<typeof regret>[0]][]) {
    found[name] = []
    for (const seed of seeds) found[name].push(await regret(make, seed, steps, options))
    const { mean, error } = meanOf(found[name])
    console.log(`${name.padEnd(24)} ${mean.toFixed(0)} ± ${(1.96 * error).toFixed(0)}`)
  }
  return found
}

test('where the best of ten arms depends on the context, contextual bandits lose less than those that do not look', async () => {
  const found = await table(
    {
      random: (spec, seed) => randomAgent(spec, { seed }),
      'epsilon-greedy': (spec, seed) => epsilonGreedy(spec, { seed }),
      'neural epsilon-greedy': (spec, seed) => neuralEpsilonGreedy(spec, { seed, epsilonDecay: 0.999 }),
      LinUCB: spec => linUcb(spec),
      LinTS: (spec, seed) => linTs(spec, { seed, alpha: 0.5 }),
    },
    5000,
    { arms: 10, width: 5 },
  )
  for (const name of ['neural epsilon-greedy', 'LinUCB', 'LinTS'] as const) {
    expect(lowerBy(found[name], found['epsilon-greedy'])).toBeGreaterThan(4)
    expect(lowerBy(found[name], found.random)).toBeGreaterThan(4)
  }
  expect(lowerBy(found.LinUCB, found['neural epsilon-greedy'])).toBeGreaterThan(4)
  expect(lowerBy(found.LinTS, found['neural epsilon-greedy'])).toBeGreaterThan(4)
})

test('where the arms change places every 1,000 steps, forgetting loses less than remembering', async () => {
  const found = await table(
    {
      LinUCB: spec => linUcb(spec),
      'LinUCB, forgetting': spec => linUcb(spec, { forgetting: 0.95 }),
      LinTS: (spec, seed) => linTs(spec, { seed, alpha: 0.5 }),
      'LinTS, forgetting': (spec, seed) => linTs(spec, { seed, alpha: 0.5, forgetting: 0.95 }),
      neural: (spec, seed) => neuralEpsilonGreedy(spec, { seed, replayCapacity: 10_000 }),
      'neural, short replay': (spec, seed) => neuralEpsilonGreedy(spec, { seed, replayCapacity: 300 }),
    },
    5000,
    { arms: 5, width: 3, changeEvery: 1000 },
  )
  expect(lowerBy(found['LinUCB, forgetting'], found.LinUCB)).toBeGreaterThan(4)
  expect(lowerBy(found['LinTS, forgetting'], found.LinTS)).toBeGreaterThan(4)
  expect(lowerBy(found['neural, short replay'], found.neural)).toBeGreaterThan(4)
})
