/** The exercises of notebooks/05-training.ipynb. */
import type { Agent } from '../../agents/agent'
import { makeBuffers } from '../../envs/buffers'
import type { Env, Spec } from '../../envs/env'
import type { Exercise, Exercises } from './exercise'

/** An object with a word for each key; `hints` says the right word of each and what to look at when it is another. */
function wordsExercise(
  words: readonly string[],
  hints: Readonly<Record<string, readonly [word: string, hint: string]>>,
  right: string,
): Exercise {
  const keys = Object.keys(hints)
  return {
    judge(answer) {
      if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
        return `give an object with a word for each: { ${keys.map(key => `${key}: '…'`).join(', ')} }`
      }
      const given = answer as Readonly<Record<string, unknown>>
      for (const [key, [word, hint]] of Object.entries(hints)) {
        const own = given[key]
        if (typeof own !== 'string' || !words.includes(own))
          return `${key} needs one of the words ${words.map(each => `'${each}'`).join(', ')}`
        if (own !== word) return `${key}: ${hint}`
      }
      return undefined
    },
    right,
  }
}

const diagnosis = wordsExercise(
  ['epsilon', 'discount', 'learning rate', 'rewards', 'target too fast', 'target frozen'],
  {
    A: ['epsilon', 'its values drift up, but so do those of others; which of its curves does not move at all, and should?'],
    B: [
      'discount',
      'its return is nearly healthy; look at the values: they climb on as if there were no end to count to, but nothing blows up',
    ],
    C: ['learning rate', 'epsilon falls as it should, so it shows what it thinks best; and yet the return stays that of chance'],
    D: ['rewards', 'compare its return with what the oracle earns in this shop'],
    E: ['target too fast', 'how large are the values, in how few visits? What has to hold still while a network chases its own guesses?'],
    F: ['target frozen', 'its values stay where a network begins: what, after a reward, is the rest of a visit worth to it?'],
  },
  'six mistakes, six fingerprints; most of them are clearer in loss and values than in the return.',
)

/** A shop whose three visits have 3, 2 and 4 steps, and an agent that notices how it is treated. */
function watchedLoop(): { readonly agent: Agent; readonly env: Env; readonly complaint: () => string | undefined } {
  const lengths = [3, 2, 4]
  let [visit, step, clock] = [0, 0, -1]
  let found: string | undefined
  let seen: number | undefined
  let owed = 0
  const complain = (words: string) => (found ??= words)
  const needless = (): never => {
    throw new Error('the loop needs act, observe and update of the agent, reset and step of the shop, and nothing else')
  }
  const buffers = makeBuffers(1, 1, 0)
  const layout: Spec['layout'] = [{ name: 'context', offset: 0, shape: [1] }]
  const env: Env = {
    ...buffers,
    spec: { name: 'watched', preset: 'watched', options: {}, layout, width: 1, actions: { kind: 'discrete', n: 5 }, horizon: 4 },
    copies: 1,
    save: needless,
    load: needless,
    reset() {
      if (clock > 0) complain('reset is called again; a shop begins the next visit by itself when one ends')
      clock = 0
      buffers.observations[0] = 0
    },
    step() {
      if (clock < 0) throw new Error('step came before reset')
      if (clock > 50) throw new Error('it goes on stepping after all episodes have ended')
      if (seen === undefined) complain('the shop is stepped without asking the agent what to do')
      clock++
      step++
      const ended = step === lengths[visit % lengths.length]
      buffers.rewards[0] = 10 * (visit + 1) + step
      // One kind of ending and the other.
      buffers.truncated[0] = ended && visit % 3 !== 1 ? 1 : 0
      buffers.terminated[0] = ended && visit % 3 === 1 ? 1 : 0
      if (ended) [visit, step] = [visit + 1, 0]
      buffers.observations[0] = clock
    },
  }
  const agent: Agent = {
    ...{ kind: 'watched', name: 'watched', options: {}, scores: needless, save: needless, load: needless, dispose: needless },
    act(observations, explore, actions) {
      if (owed > 0) complain('after a step there was more to learn: call update until it returns undefined')
      if (explore !== true) complain('while it learns, the agent must be allowed to explore')
      seen = observations[0]
      actions[0] = clock % 5
    },
    observe(_env, before, actions) {
      if (before[0] === clock && seen !== clock) {
        complain(
          'observe gets what the shop shows after the step; keep a copy of the observations from before it, since step overwrites them',
        )
      } else if (before[0] !== seen) complain('observe needs the very observations that the agent acted on')
      if (actions[0] !== (clock - 1) % 5) complain('observe needs the actions that were taken')
      seen = undefined
      owed = 2
    },
    update() {
      if (owed === 0) return undefined
      owed--
      return { loss: 0 }
    },
  }
  const complaint = () => found ?? (seen !== undefined ? 'the agent is never told what came of its actions: call observe' : undefined)
  return { agent, env, complaint }
}

const loop: Exercise = {
  judge(answer) {
    if (typeof answer !== 'function') return 'give a function: (agent, env, episodes) => returns'
    for (const [episodes, expected] of [
      [3, [11 + 12 + 13, 21 + 22, 31 + 32 + 33 + 34]],
      [1, [11 + 12 + 13]],
    ] as const) {
      const { agent, env, complaint } = watchedLoop()
      const returns: unknown = answer(agent, env, episodes)
      const found = complaint()
      if (found) return found
      if (returns instanceof Promise) return 'nothing has to be waited for here: leave out async and await'
      if (!Array.isArray(returns) || returns.length !== episodes)
        return `for ${episodes} episodes it should give a list of ${episodes} returns`
      if (expected.some((sum, at) => returns[at] !== sum)) {
        return 'a return is the sum of the rewards of one visit; begin again at 0 when a visit ends, terminated or truncated'
      }
    }
    return undefined
  },
  right:
    'act, step, observe, update, in this order, and a copy of what was seen before: every agent of this course is trained by these lines.',
}

const perGroup = 2 * ((1.96 * 3) / 0.6) ** 2

const visits: Exercise = {
  judge(answer) {
    if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'give one number'
    const near = (value: number) => Math.abs(answer - value) <= Math.max(2, 0.004 * value)
    if (near(2 * perGroup)) return undefined
    if (near(perGroup)) return 'so many for each group; the question is about both together'
    if (near(perGroup / 2)) return 'both means are uncertain: the variances of the two groups add up'
    if (near((2 * perGroup) / 1.96 ** 2)) return 'that reaches one standard error; a 95 % interval reaches 1.96 of them'
    if (near((4 * 1.96 * 3) / 0.6)) return 'a standard error falls with the square root of the visits: square the ratio'
    return 'the reach of the interval is 1.96 · √(s²/n + s²/n), n visits in each group; set it equal to the difference and solve for n'
  },
  right: 'twice the precision costs four times the visits; an evaluation on the same shoppers needs far fewer.',
}

const verdicts = wordsExercise(
  ['better', 'worse', 'no telling', 'no difference'],
  {
    first: ['no telling', 'the interval holds 0, but also differences that would matter'],
    second: ['worse', 'the whole interval lies on one side of 0; on which, and what does the sign mean?'],
    third: ['no telling', 'five seeds, a wide interval with 0 in it: is that evidence that there is nothing?'],
    fourth: ['better', 'the interval is narrow, but where does it lie?'],
  },
  'an interval with 0 in it is no proof of equality, and a small difference can be a sure one.',
)

const decay: Exercise = {
  judge(answer) {
    if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'give one number'
    if (Math.abs(answer - 0.05 ** (1 / 1000)) < 5e-6) return undefined
    if (!(answer > 0 && answer < 1)) return 'epsilon is multiplied by it after every visit and must fall: it lies between 0 and 1'
    const reached = answer ** 1000
    if (Math.abs(answer - (1 - 0.95 / 1000)) < 1e-6) return 'that is the step of a straight line; here epsilon is multiplied'
    if (Math.abs(answer - 0.05) < 1e-9) return 'with this it is at 0.05 after a single visit'
    if (Math.abs(reached - 0.05) < 0.004)
      return `near: after 1,000 visits epsilon would be ${reached.toFixed(4)}; give six digits, or an expression`
    return `after 1,000 visits epsilon would be ${reached.toPrecision(3)}: ${reached > 0.05 ? 'it must fall faster' : 'it must fall more slowly'}`
  },
  right: 'the thousandth root of 0.05: a decay that looks like 1 to two digits is what decides how long an agent explores.',
}

export const trainingExercises: Exercises = {
  'training-diagnosis': diagnosis,
  'training-loop': loop,
  'training-visits': visits,
  'training-verdicts': verdicts,
  'training-decay': decay,
}
