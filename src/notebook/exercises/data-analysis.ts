/** The exercises of notebooks/04-data-analysis.ipynb. */
import { shareOfTopFifth } from '../../figures/shop-counts'
import type { Exercise, Exercises } from './exercise'

const near = (a: number, b: number, tolerance = 1e-9) => Math.abs(a - b) <= tolerance
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const lists = [
  [10, 0, 0, 0, 0],
  [9, 100, 11, 80, 7, 60, 5],
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  [3, 3, 3, 3, 3],
  [4],
  [0, 0, 0, 0, 0, 0],
] as const

const topFifth: Exercise = {
  judge(answer) {
    if (typeof answer !== 'function') return 'give a function: counts => share'
    for (const counts of lists) {
      const handed: number[] = [...counts]
      const given: unknown = answer(handed)
      const where = `for the counts ${counts.join(', ')}`
      if (handed.some((count, at) => count !== counts[at])) return `${where}: the list was changed; sort a copy of it`
      if (typeof given !== 'number') return `${where}: it should give a number`
      const solution = shareOfTopFifth([...counts].sort((a, b) => b - a))
      if (near(given, solution)) continue
      if (Number.isNaN(given)) return `${where}: 0 was divided by 0; say what the share is then`
      return `${where}: ${mistakeOf(given, counts)}`
    }
    return undefined
  },
  right: 'the same number as in the notebook: the first fifth, rounded up, of the counts from the largest down.',
}

function mistakeOf(given: number, counts: readonly number[]): string {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const descending = [...counts].sort((a, b) => b - a)
  const share = (values: readonly number[]) => sum(values) / sum(counts)
  const top = Math.ceil(counts.length / 5)
  if (near(given, sum(descending.slice(0, top)))) return 'that is the sum of the top fifth; it is not yet divided by the sum of all'
  if (near(given, share([...counts].sort((a, b) => a - b).slice(0, top))))
    return 'those are the smallest counts; the top fifth are the largest'
  if (near(given, share(counts.slice(0, top)))) return 'the counts may come in any order; the first of the list need not be the largest'
  if (near(given, share([...counts].sort().reverse().slice(0, top))))
    return 'sort() sorts numbers as words, and 9 after 100; give it a function'
  if (near(given, share(descending.slice(0, Math.floor(counts.length / 5))))) return 'a fifth of the list is rounded up, not down'
  return 'sort from the largest down, take the first fifth, and divide its sum by the sum of all'
}

const sparse = (1e6 * 50 * 8 + 4 * (1e6 + 1)) / 1e9
const full = (1e6 * 1e5 * 4) / 1e9

const sparseBytes: Exercise = {
  judge(answer) {
    if (!isObject(answer) || !isNumber(answer.sparse) || !isNumber(answer.full))
      return 'give an object with two numbers: { sparse: …, full: … }'
    const like = (value: number, wanted: number) => near(value, wanted, 0.006 * wanted)
    if (like(answer.sparse, sparse * 1e9) || like(answer.full, full * 1e9))
      return 'those are bytes; give gigabytes, of a thousand million bytes each'
    if (!like(answer.full, full)) {
      if (like(answer.full, full / 4)) return 'full: that is the number of cells; each takes four bytes'
      if (like(answer.full, full * 2)) return 'full: there a cell needs no index, only its value'
      return 'full: every shopper has a cell for every item, whether they met or not'
    }
    // 0.4 and 0.404 are the same to two digits.
    if (near(answer.sparse, sparse, 0.0055)) return undefined
    if (near(answer.sparse, 0.2, 0.0055)) return 'sparse: a stored cell needs its value and also the column it stands in'
    if (near(answer.sparse, 0.6, 0.0055))
      return 'sparse: the row of a cell is not stored with it; one number for each row says where it begins'
    return 'sparse: count the stored cells first, then what each of them takes, then what each row takes'
  },
  right: 'about a thousandth: what counts is how many cells are filled, not how many there could be.',
}

const returned: Exercise = {
  judge(answer) {
    if (!isNumber(answer)) return 'give one finite number'
    if (near(answer, 1 / 3, 0.005)) return undefined
    const mistakes: readonly (readonly [value: number, hint: string])[] = [
      [2 / 5, 'two of the five came for the first time so late that 30 days were not over on day 60; they are not counted at all'],
      [1 / 5, 'those whose 30 days were not over are not lost: they are left out of the whole as well'],
      [2 / 4, 'one who came back in time is counted, though the 30 days were not over: whoever did not in the same days is left out'],
      [2 / 3, 'whoever came back must have done so within 30 days of the first visit; look at the days again'],
      [3 / 5, 'look at the days again: who came back within 30 days, and whose 30 days were over on day 60?'],
      [1 / 2, 'count again for whom the 30 days were over on day 60'],
    ]
    return (
      mistakes.find(([value]) => near(answer, value, 0.005))?.[1] ??
      'first find whose 30 days were over on day 60; of them, who came back within 30 days?'
    )
  },
  right: 'A, B and C are counted, and only A came back in time.',
}

const leakHints = {
  meanPrice: ['fine', 'all of it was known before October and the test; a summary of the past is what one learns from'],
  scaling: ['leak', 'whose interactions decide what the mean and the spread are? Some of them are of November'],
  category: ['fine', 'the kind was known before anybody came, and no click has a say in it'],
  clickCount: ['leak', 'the clicks of November and December are counted, too, and they are what is to be predicted'],
  tuning: ['leak', 'the best of five was found by the test; its score there is no longer that of a model the test had no part in'],
} as const

const leaks: Exercise = {
  judge(answer) {
    if (!isObject(answer))
      return `give an object with a word for each: { ${Object.keys(leakHints)
        .map(name => `${name}: '…'`)
        .join(', ')} }`
    for (const [name, [solution, hint]] of Object.entries(leakHints)) {
      const word = answer[name]
      if (word !== 'leak' && word !== 'fine') return `${name} needs one of the words 'leak' and 'fine'`
      if (word !== solution) return `${name}: ${hint}`
    }
    return undefined
  },
  right: 'the question is always the same: could this number have been known before the test began?',
}

const logs: readonly (readonly [timestamps: readonly number[], share: number])[] = [
  [[1, 2, 3, 4, 5], 0.4],
  [[50, 10, 40, 20, 30], 0.2],
  [[9, 100, 11, 80, 7], 0.4],
  [[1, 2, 3, 3, 3], 0.2],
  [[3, 1, 3, 2, 3, 4], 0.5],
  [[1, 2, 3], 0],
  [[2, 1], 1],
]

const temporal: Exercise = {
  judge(answer) {
    if (typeof answer !== 'function') return 'give a function: (timestamps, share) => booleans'
    for (const [timestamps, share] of logs) {
      const handed = [...timestamps]
      const given: unknown = answer(handed, share)
      const complaint = splitComplaint(given, handed, timestamps, share)
      if (complaint) return `for timestamps ${timestamps.join(', ')} and share ${share}: ${complaint}`
    }
    return undefined
  },
  right: 'nothing in the train part is later than anything in the test.',
}

function splitComplaint(given: unknown, handed: readonly number[], timestamps: readonly number[], share: number): string | undefined {
  if (handed.some((time, at) => time !== timestamps[at])) return 'the list was changed; sort a copy of it'
  if (!Array.isArray(given) || given.length !== timestamps.length)
    return `it should give a list of ${timestamps.length} booleans, one for each row`
  if (given.some(isTest => typeof isTest !== 'boolean')) return 'each row is true (test) or false'
  const times = (inTest: boolean) => timestamps.filter((_, at) => given[at] === inTest)
  const [train, test] = [times(false), times(true)]
  if (train.some(time => test.includes(time))) return 'rows of one moment are torn apart; all of them belong to the test'
  if (train.length > 0 && test.length > 0 && Math.max(...train) > Math.min(...test))
    return Math.max(...test) < Math.min(...train)
      ? 'the test is the earliest part; it should be the latest'
      : 'a row of the train part is later than one of the test'
  const sorted = [...timestamps].sort((a, b) => a - b)
  const border = sorted[Math.round(timestamps.length * (1 - share))] ?? Infinity
  const wanted = timestamps.filter(time => time >= border).length
  if (test.length === wanted) return undefined
  return `the test has ${test.length} rows, which is too ${test.length < wanted ? 'few' : 'many'}`
}

export const dataAnalysisExercises: Exercises = {
  'data-top-fifth': topFifth,
  'data-sparse-bytes': sparseBytes,
  'data-return-rate': returned,
  'data-leaks': leaks,
  'data-temporal-split': temporal,
}
