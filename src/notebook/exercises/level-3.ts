/** The exercises of notebooks/03-level-3-mathematics.ipynb. */
import { ndcg } from '../../metrics/ndcg'
import type { Exercise, Exercises } from './exercise'

const near = (a: number, b: number) => Math.abs(a - b) < 5e-4

/** A number wanted; typical mistakes have a hint of their own. */
function numberExercise(
  solution: number,
  mistakes: readonly (readonly [value: number, hint: string])[],
  other: string,
  right: string,
): Exercise {
  return {
    judge(answer) {
      if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'give one finite number'
      if (near(answer, solution)) return undefined
      return mistakes.find(([value]) => near(answer, value))?.[1] ?? other
    },
    right,
  }
}

const doubleTarget = numberExercise(
  -0.1 + 0.5 * 0.6,
  [
    [-0.1 + 0.5 * 1.5, "that is DQN's target: there the target network names the action as well as valuing it"],
    [-0.1 + 0.5 * 0.9, 'the right action, but valued by the network that named it; the other one has to'],
    [-0.1 + 0.6, 'the value of s′ still has to be discounted'],
    [0.5 * 0.6, 'the reward of the step itself is missing'],
    [-0.1, 'that is the target of a terminal transition; here something follows'],
  ],
  'first ask the online network which item it likes best in s′, then look up that item with the target network, discount, and add r',
  'the online network names the second item, and the target network values it: less than its own favourite, which DQN would have believed.',
)

const ranking = numberExercise(
  ndcg([7, 3, 9, 1], new Map([3, 1, 5].map(item => [item, 1])), 4),
  [
    [1 / Math.log2(3) + 1 / Math.log2(5), 'that is the discounted gain of this order; it is not yet divided by that of the best order'],
    [
      (1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3)),
      'the best order has room for every relevant item, also for the one that was not shown',
    ],
    [1 / 2, 'that looks like precision: NDCG counts a hit less, the lower it stands'],
    [2 / 3, 'that looks like recall: NDCG counts a hit less, the lower it stands'],
    [(1 / 2 + 1 / 4) / (1 + 1 / 2 + 1 / 3), 'the discount is the logarithm of the rank plus one, to base two, not the rank'],
  ],
  'add 1 / log2(rank + 1) over the ranks of the hits, ranks counted from 1, and divide by the same sum of the best possible order',
  'half of what the best order of the three relevant items would have: both hits stand low, and one item is missing.',
)

const follower: Exercise = {
  judge(answer) {
    if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'give one whole number'
    if (!Number.isInteger(answer)) return 'updates come in whole numbers: round so that the condition holds'
    const reached = 1 - 0.995 ** answer
    if (answer === 180) return 'each update goes a share of the way that is still left, not of the whole way: the steps get smaller'
    if (reached <= 0.9) return `after ${answer} updates it stands at ${reached.toFixed(4)}: more are needed`
    if (1 - 0.995 ** (answer - 1) > 0.9) return `it was above 0.9 before update ${answer}: fewer are enough`
    return undefined
  },
  right: 'the distance shrinks by the factor 1 − τ, so n is the first whole number above ln 0.1 / ln 0.995.',
}

const flagHints = {
  limit: ['truncated', "the shopper's future does not end because the simulator stops looking: its value must still be counted"],
  bought: ['terminated', 'after this nothing follows, so there is no value of a next state to add'],
  maintenance: ['truncated', 'a restart says nothing about the shopper: had it not happened, the visit would have gone on'],
  tenth: ['terminated', 'here the end belongs to the task itself and the state says how near it is; nothing after it counts'],
} as const

const flags: Exercise = {
  judge(answer) {
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
      return "give an object with a word for each visit: { limit: '…', bought: '…', maintenance: '…', tenth: '…' }"
    }
    const given = answer as Readonly<Record<string, unknown>>
    for (const [visit, [flag, hint]] of Object.entries(flagHints)) {
      const word = given[visit]
      if (word !== 'terminated' && word !== 'truncated') return `${visit} needs one of the words 'terminated' and 'truncated'`
      if (word !== flag) return `${visit}: ${hint}`
    }
    return undefined
  },
  right: 'what counts is whether anything of value would have followed, not why the recording stopped.',
}

const inputs: readonly (readonly [values: readonly number[], epsilon: number])[] = [
  [[1, 3, 2], 0],
  [[1, 3, 2], 1],
  [[1, 3, 2], 0.3],
  [[-4, -1, -2, -3], 0.1],
  [[5], 0.5],
  [[2, 7, 7, 1], 0.2],
]

const epsilonGreedy: Exercise = {
  judge(answer) {
    if (typeof answer !== 'function') return 'give a function: (values, epsilon) => probabilities'
    for (const [values, epsilon] of inputs) {
      const handed = [...values]
      const given: unknown = answer(handed, epsilon)
      const complaint = complaintOf(given, values, epsilon)
      if (complaint) return `for values ${values.join(', ')} and epsilon ${epsilon}: ${complaint}`
      if (handed.some((value, at) => value !== values[at])) return 'the function changes the values it was given; leave them as they are'
    }
    return undefined
  },
  right: 'the best action is taken on purpose or by chance, every other by chance alone.',
}

function complaintOf(given: unknown, values: readonly number[], epsilon: number): string | undefined {
  const close = (a: number, b: number) => Math.abs(a - b) < 1e-9
  const count = values.length
  if (!Array.isArray(given) || given.length !== count) return `it should give a list with one probability for each of the ${count} actions`
  if (given.some(probability => typeof probability !== 'number' || !(probability >= -1e-9 && probability <= 1 + 1e-9))) {
    return 'a probability is a number from 0 to 1'
  }
  const probabilities = given as number[]
  const highest = Math.max(...values)
  const first = values.indexOf(highest)
  const sum = probabilities.reduce((total, probability) => total + probability, 0)
  if (!close(sum, 1)) {
    const forgotten = close(probabilities[first]!, 1 - epsilon) ? '; the random action may be the best one too' : ''
    return `the probabilities add up to ${Number(sum.toFixed(4))}, not to 1${forgotten}`
  }
  if (count > 1 && close(probabilities[first]!, 1 - epsilon) && epsilon > 0) {
    return 'the random action is drawn from all actions, the best one among them'
  }
  const tied = values.lastIndexOf(highest)
  if (tied !== first && !close(probabilities[tied]!, epsilon / count)) return 'of several best actions only the first counts as the best'
  if (probabilities.some((probability, at) => at !== first && !close(probability, epsilon / count))) {
    return 'an action that is not the best is taken only when the random draw falls on it, and all are drawn alike'
  }
  return undefined
}

export const mathematicsExercises: Exercises = {
  'level-3-double-target': doubleTarget,
  'level-3-ndcg': ranking,
  'level-3-soft-update': follower,
  'level-3-flags': flags,
  'level-3-epsilon-greedy': epsilonGreedy,
}
