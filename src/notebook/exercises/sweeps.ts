/** The exercises of notebooks/06-hyperparameter-sweeps.ipynb. */
import { checkSpace } from '../../sweep/check-space'
import { medianPruner } from '../../sweep/median-pruner'
import type { SearchSpace } from '../../sweep/search-space'
import type { TrialRecord } from '../../sweep/trial-record'
import type { Exercise, Exercises } from './exercise'

const trainings: Exercise = {
  judge(answer) {
    if (typeof answer !== 'number' || !Number.isInteger(answer)) return 'give one whole number'
    if (answer === 4 * 3 * 2 * 5) return undefined
    if (answer === 4 * 3 * 2) return 'these are the configurations; each of them is trained more than once'
    if (answer === (4 + 3 + 2) * 5 || answer === 4 + 3 + 2) return 'a grid has every combination: the lengths of the lists are multiplied'
    if (answer === 4 * 3 * 2 * 5 * 1000) return 'these are the episodes; asked for are the trainings'
    return 'multiply the lengths of the lists, then think of the seeds'
  },
  right: 'every combination, and each of them under every seed: the grid grows with each list, the price with the seeds as well.',
}

const decay: Exercise = {
  judge(answer) {
    if (typeof answer !== 'number' || !Number.isFinite(answer)) return 'give one number'
    if (answer >= 1) return 'with 1 or more epsilon never falls'
    if (answer <= 0) return 'epsilon is multiplied by it after every episode; it lies between 0 and 1'
    const left = answer ** 200
    if (Math.abs(left - 0.05) < 0.001) return undefined
    const reached = `after 200 episodes epsilon would be ${left < 1e-4 ? 'next to nothing' : left.toFixed(4)}`
    if (Math.abs(answer - (1 - 0.95 / 200)) < 1e-4)
      return `${reached}: epsilon does not fall by the same amount each time, but by the same factor`
    return left > 0.05 ? `${reached}: it has to fall faster` : `${reached}: it has to fall more slowly`
  },
  right:
    'the 200th root of 0.05. A decay belongs to a number of episodes: with 3,000 of them, the same epsilon at the end needs another one.',
}

const space: Exercise = {
  judge(answer) {
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
      return 'give an object with a dimension for each hyperparameter'
    const given = answer as SearchSpace
    for (const name of ['learningRate', 'dropout', 'hiddenUnits']) if (!Object.hasOwn(given, name)) return `${name} is missing`
    const beyond = Object.keys(given).find(name => !['learningRate', 'dropout', 'hiddenUnits'].includes(name))
    if (beyond) return `${beyond} is not to be searched here`
    checkSpace(given)
    const { learningRate, dropout, hiddenUnits } = given
    return rateProblem(learningRate!) ?? dropoutProblem(dropout!) ?? unitsProblem(hiddenUnits!)
  },
  right: 'as many trials between 0.00001 and 0.0001 as between 0.001 and 0.01; without log it would be one for every hundred.',
}

type Dimension = SearchSpace[string]

function rateProblem(rate: Dimension): string | undefined {
  if (rate.kind !== 'float') return 'learningRate is any number of a range, not a list and not a whole number'
  if (rate.low !== 1e-5 || rate.high !== 1e-2) return `learningRate goes from ${rate.low} to ${rate.high}; asked for is 0.00001 to 0.01`
  return rate.log ? undefined : 'learningRate: nine of ten trials would lie above 0.001; each power of ten should get as many'
}

function dropoutProblem(dropout: Dimension): string | undefined {
  if (dropout.kind === 'categorical') {
    return 'dropout as a list of choices has no order: TPE would not know that 0.1 is nearer to 0.2 than to 0.5'
  }
  if (dropout.log) return 'dropout begins at 0, whose logarithm does not exist'
  if (dropout.low !== 0 || dropout.high !== 0.5) return `dropout goes from ${dropout.low} to ${dropout.high}; asked for is 0 to 0.5`
  if (dropout.step === undefined) return 'dropout may be anything in between; asked for are steps'
  return Math.abs(dropout.step - 0.1) < 1e-9 ? undefined : `dropout has steps of ${dropout.step}; asked for is 0.1`
}

function unitsProblem(units: Dimension): string | undefined {
  const wanted = [
    [64, 64],
    [256, 256, 128],
  ]
  if (units.kind !== 'categorical') return 'hiddenUnits is one of two lists, which no range can hold'
  const texts = units.choices.map(choice => JSON.stringify(choice)).sort()
  const same = JSON.stringify(texts) === JSON.stringify(wanted.map(choice => JSON.stringify(choice)).sort())
  return same ? undefined : `hiddenUnits has the choices ${texts.join(' and ')}; a choice is the whole list of a network's layers`
}

/** Five trials that ran to their ends, and four on their way: their reports at the episodes 100 and 200. */
const ended = { A: [2, 3], B: [1, 4], C: [3, 5], D: [2, 4.5], E: [1.5, 2] } as const
const running = { F: [1, 4], G: [4.2, 3.5], H: [3, 3.9], I: [3.5, 2] } as const

const pruning: Exercise = {
  judge(answer) {
    if (!Array.isArray(answer) || answer.some(name => typeof name !== 'string')) return "give a list of names, such as ['F', 'G']"
    const names = (answer as string[]).map(name => name.trim().toUpperCase())
    const unknown = names.find(name => !Object.hasOwn(running, name))
    if (unknown !== undefined) return `${unknown} is not one of the four that are running: F, G, H and I`
    const right = prunedNames()
    const given = Array.from(new Set(names)).sort()
    if (given.join() === right.join()) return undefined
    if (given.join() === 'F,G') return 'these are the ones that go on; asked for are those that are ended'
    if (given.includes('F')) return 'F is just as good as the median, and that is not worse'
    if (given.includes('G')) return 'the rule takes the best report of the running trial so far, not its latest'
    if (given.length === 0) return 'put the reports of the five at episode 200 in order: the median is the one in the middle'
    return 'one of them is missing: the comparison is with what the five had reported at the same episode, 200'
  },
  right: 'the median at episode 200 is 4. F reaches it, G was above it once; H and I never were, though I may only be a slow starter.',
}

/** As the library's own rule has it. */
function prunedNames(): string[] {
  const record = (values: readonly number[], number: number): TrialRecord => ({
    ...{ number, configuration: {}, state: 'complete' },
    intermediate: values.map((value, at) => ({ step: 100 * (at + 1), value })),
  })
  const others = Object.values(ended).map(record)
  const entries = Object.entries(running)
  return entries.flatMap(([name, values]) => (medianPruner().prune(record(values, 9), others, 'maximise') ? [name] : []))
}

interface Tried {
  readonly name: string
  readonly tuning: readonly number[]
  readonly test: readonly number[]
}

/** In each the best by tuning, by test, and by a single lucky seed are three different ones. */
const cases: readonly (readonly Tried[])[] = [
  [
    { name: 'one', tuning: [4, 4, 4.6], test: [3, 3.2, 3.4] },
    { name: 'two', tuning: [5, 3, 3], test: [3.9, 4, 4.1] },
    { name: 'three', tuning: [4, 4.1, 4.2], test: [4.4, 4.6, 4.8] },
  ],
  [
    { name: 'a', tuning: [-1, -3], test: [-2, -2, -2.6] },
    { name: 'b', tuning: [-0.5, -4], test: [-1, -1, -1] },
    { name: 'c', tuning: [-2.4, -2.6], test: [-1.5, -2, -1] },
  ],
]

const honest: Exercise = {
  judge(answer) {
    if (typeof answer !== 'function') return 'give a function: tried => ({ name, score })'
    for (const tried of cases) {
      const handed = tried.map(one => ({ ...one, tuning: [...one.tuning], test: [...one.test] }))
      const complaint = reportProblem(answer(handed), tried)
      if (complaint) return `for ${tried.map(({ name }) => name).join(', ')}: ${complaint}`
    }
    return undefined
  },
  right: 'the tuning seeds choose, the test seeds are asked once, about the chosen one only.',
}

function reportProblem(given: unknown, tried: readonly Tried[]): string | undefined {
  const { name, score } = (given ?? {}) as { name?: unknown; score?: unknown }
  if (typeof name !== 'string' || typeof score !== 'number') return 'give an object with the name and the score: { name: …, score: … }'
  const top = (of: (one: Tried) => number) => tried.reduce((best, one) => (of(one) > of(best) ? one : best))
  const right = top(one => mean(one.tuning))
  if (name !== right.name) {
    if (name === top(one => mean(one.test)).name) return 'it was chosen by the test seeds; then they are tuning seeds, and no test is left'
    if (name === top(one => Math.max(...one.tuning)).name) return 'it was chosen by its luckiest seed; choose by the mean over the seeds'
    return 'choose the one with the highest mean over its tuning seeds'
  }
  const near = (value: number) => Math.abs(score - value) < 1e-9
  if (near(mean(right.test))) return undefined
  if (near(mean(right.tuning))) return 'the name is right, but its tuning score chose it, and is too high for that very reason'
  if (near(Math.max(...right.test))) return 'the name is right; its score is the mean over all its test seeds, not the best of them'
  if (near(mean([...right.tuning, ...right.test]))) return 'the name is right; the seeds that chose it have no place in its score'
  return 'the name is right; its score is the mean over its test seeds'
}

const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length

export const sweepExercises: Exercises = {
  'sweeps-trainings': trainings,
  'sweeps-decay': decay,
  'sweeps-space': space,
  'sweeps-pruning': pruning,
  'sweeps-honest': honest,
}
