/** Measuring many users at once: ranking metrics, beside NumPy and ranx. */
import { rankingMetrics } from '../src/metrics/ranking-metrics'
import type { RelevantItems } from '../src/metrics/relevant-items'
import type { RankedLists } from '../src/metrics/user-hits'
import { chance, integer } from '../src/random/draws'
import { type Generator, stream } from '../src/random/generator'
import { callsPerSecond } from './harness/calls'
import type { Case, Subject, Window } from './harness/subject'

const width = 10
const catalogue = 1000

/** What peers/ranking_speed.py says of its own draws: NDCG, MAP, precision and recall at 10. */
const peersMeans = { 'ndcg@10': 0.058848, 'averagePrecision@10': 0.01788, 'precision@10': 0.058996, 'recall@10': 0.058996 }

/** Different items for every user, [users, width]. */
function distinct(generator: Generator, users: number): Int32Array {
  const rows = new Int32Array(users * width)
  for (let user = 0; user < users; user++) {
    const row = new Set<number>()
    while (row.size < width) row.add(integer(generator, catalogue))
    rows.set([...row], user * width)
  }
  return rows
}

/** Drawn as the peers' are: any items, and for half of the users a relevant one at any place. */
function draw(users: number, seed: number): { readonly lists: RankedLists; readonly relevant: RelevantItems } {
  const generator = stream(seed, 'lists')
  const [shown, wanted] = [distinct(generator, users), distinct(generator, users)]
  for (let user = 0; user < users; user++) {
    const [put, place, item] = [chance(generator, 0.5), integer(generator, width), wanted[user * width]!]
    if (put && !shown.subarray(user * width, (user + 1) * width).includes(item)) shown[user * width + place] = item
  }
  const offsets = Int32Array.from({ length: users + 1 }, (_, user) => user * width)
  return { lists: { users, width, items: shown }, relevant: { offsets, items: wanted } }
}

/** Seconds for four metrics of all users. */
async function rankingSeconds(window: Window): Promise<readonly number[]> {
  const { lists, relevant } = draw(usersOf(window), window.turn)
  const options = { k: 10, metrics: ['ndcg', 'averagePrecision', 'precision', 'recall'], catalogue } as const
  const { means } = rankingMetrics(lists, relevant, options)
  for (const [name, theirs] of Object.entries(peersMeans)) {
    // Other draws of the same kind: the means of 100,000 users differ by some .0005 at most.
    if (!window.quick && !(Math.abs(means[name]! - theirs) < 0.001)) throw new Error(`${name} is ${means[name]}, the peers' ${theirs}`)
  }
  return [1 / (await callsPerSecond(() => rankingMetrics(lists, relevant, options), window))]
}

const usersOf = ({ quick }: Window) => (quick ? 1000 : 100_000)

const ranking = [
  { peer: 'NumPy', only: 'numpy', ratio: 1.5 },
  { peer: 'ranx', only: 'ranx', ratio: 50 },
].map(
  ({ peer, only, ratio }): Case => ({
    what: `NDCG, MAP, precision and recall at 10, 100,000 users, beside ${peer}`,
    figures: [{ unit: 's', better: 'less' }],
    ours: [{ name: 'rankingMetrics', goals: [{ ratio }], run: rankingSeconds }],
    peer: {
      name: peer,
      script: 'ranking_speed',
      only,
      figures: ['4 ranking metrics'],
      arguments: window => ['--users', String(usersOf(window))],
    },
  }),
)

export const subject: Subject = {
  title: 'Measuring many users at once',
  remark: `Ranking: lists of 10 of 1,000 items, 10 relevant items each, a hit for about half of the users. All begin with what they measure: typed
arrays, NumPy's arrays, ranx's Qrels and Run (whose building takes it longer than the metrics). NumPy's program is written for this shape and
checks nothing; ours looks for duplicates and ids out of range, and gives each user's values as well as the means. The draws differ, and the
means agree to .001; given NumPy's own draws, ours are its means to the last digit that it prints.`,
  cases: ranking,
}
