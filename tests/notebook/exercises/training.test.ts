/** The exercises on training: solutions are accepted, typical mistakes refused with a hint of their own. */
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../../src/agents/agent'
import type { Env } from '../../../src/envs/env'
import { judge } from '../../../src/notebook/check'
import { trainingExercises } from '../../../src/notebook/exercises/training'

type Loop = (agent: Agent, env: Env, episodes: number) => number[]

/** The right loop, and what can go wrong in it. */
function loop(
  wrong: Partial<
    Record<'noReset' | 'noCopy' | 'greedy' | 'oneUpdate' | 'noObserve' | 'terminatedOnly' | 'noFreshSum' | 'endless' | 'late', boolean>
  > = {},
): Loop {
  return (agent, env, episodes) => {
    const returns: number[] = []
    const actions = new Int32Array(1)
    let sum = 0
    if (!wrong.noReset) env.reset(1)
    while (wrong.endless || returns.length < episodes) {
      const before = wrong.noCopy ? env.observations : env.observations.slice()
      agent.act(before, !wrong.greedy, actions)
      env.step(actions)
      if (!wrong.noObserve) agent.observe(env, wrong.late ? env.observations.slice() : before, actions)
      if (wrong.oneUpdate) agent.update()
      else while (agent.update()) {}
      sum += env.rewards[0]!
      if (!env.terminated[0] && (wrong.terminatedOnly || !env.truncated[0])) continue
      returns.push(sum)
      if (!wrong.noFreshSum) sum = 0
    }
    return returns
  }
}

const letters = { A: 'epsilon', B: 'discount', C: 'learning rate', D: 'rewards', E: 'target too fast', F: 'target frozen' }
const said = { first: 'no telling', second: 'worse', third: 'no telling', fourth: 'better' }
const each = 2 * ((1.96 * 3) / 0.6) ** 2

const cases: Readonly<
  Record<string, { readonly solution: unknown; readonly mistakes: readonly (readonly [answer: unknown, hint: RegExp])[] }>
> = {
  'training-diagnosis': {
    solution: letters,
    mistakes: [
      [{ ...letters, A: 'learning rate', C: 'epsilon' }, /^A: .*does not move/],
      [{ ...letters, B: 'target too fast', E: 'discount' }, /^B: .*no end/],
      [{ ...letters, C: 'target frozen' }, /^C: .*chance/],
      [{ ...letters, D: 'discount' }, /^D: .*oracle/],
      [{ ...letters, E: 'learning rate' }, /^E: .*hold still/],
      [{ ...letters, F: 'discount' }, /^F: .*rest of a visit/],
      [{ ...letters, D: 'the rewards' }, /^D needs one of the words/],
      ['epsilon', /give an object/],
    ],
  },
  'training-loop': {
    solution: loop(),
    mistakes: [
      [loop({ noReset: true }), /step came before reset/],
      [loop({ noCopy: true }), /keep a copy/],
      [loop({ late: true }), /keep a copy/],
      [loop({ greedy: true }), /allowed to explore/],
      [loop({ oneUpdate: true }), /until it returns undefined/],
      [loop({ noObserve: true }), /never told/],
      [loop({ terminatedOnly: true }), /sum of the rewards of one visit/],
      [loop({ noFreshSum: true }), /begin again at 0/],
      [loop({ endless: true }), /goes on stepping/],
      [async () => [], /leave out async/],
      [() => [], /never told|a list of 3 returns/],
      [3, /give a function/],
    ],
  },
  'training-visits': {
    solution: 4 * ((1.96 * 3) / 0.6) ** 2,
    mistakes: [
      [each, /for each group/],
      [each / 2, /both means/],
      [100, /one standard error/],
      [39.2, /square the ratio/],
      [1000, /solve for n/],
      ['384', /one number/],
    ],
  },
  'training-verdicts': {
    solution: said,
    mistakes: [
      [{ ...said, first: 'better' }, /^first: .*holds 0/],
      [{ ...said, second: 'better' }, /^second: .*sign/],
      [{ ...said, third: 'no difference' }, /^third: .*evidence/],
      [{ ...said, fourth: 'no difference' }, /^fourth: .*where/],
      [{ ...said, fourth: 'good' }, /^fourth needs one of/],
    ],
  },
  'training-decay': {
    solution: 0.05 ** (1 / 1000),
    mistakes: [
      [1 - 0.95 / 1000, /straight line/],
      [0.05, /after a single visit/],
      [0.995, /more slowly/],
      [0.999, /fall faster/],
      [0.997, /near/],
      [1.2, /between 0 and 1/],
      ['0.997', /one number/],
    ],
  },
}

test('every exercise is tried here', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(trainingExercises).sort())
})

describe.each(Object.entries(cases))('%s', (name, { solution, mistakes }) => {
  test('an empty cell is not answered', () => {
    expect(judge(name, undefined).verdict).toBe('not answered')
  })

  test('the solution is right', () => {
    expect(judge(name, solution)).toEqual({ verdict: 'right', words: trainingExercises[name]!.right })
  })

  test.each(mistakes)('%o gets a hint that fits', (answer, hint) => {
    const { verdict, words } = judge(name, answer)
    expect(verdict).toBe('not yet')
    expect(words).toMatch(hint)
  })
})
