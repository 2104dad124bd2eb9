/**
 * The interaction log against its original: github.com/kryptologyst/Reinforcement-Learning-for-Recommendation-Systems at 465a2de.
 *
 * Its src/data/__init__.py draws the log with NumPy's RandomState(42), 1,000 users × 500 items × 10,000 rows. The numbers of rows were drawn
 * by running those lines with NumPy 2.4.6. scripts/train.py and src/evaluation/__init__.py ask for a weight of exactly 1, which no row has.
 */
import { generateInteractionLog } from '../data/interaction-log'
import { interactionLog } from '../envs/interaction-log'
import { precisionAtK } from '../metrics/precision-at-k'
import { recallAtK } from '../metrics/recall-at-k'
import { evaluate } from '../train/evaluate-agent'
import { referenceActors } from '../train/play-actors'
import { type PublishedFigure, shared } from './published-figure'

const repository = 'github.com/kryptologyst/Reinforcement-Learning-for-Recommendation-Systems at 465a2de'
const drawn = `${repository}, src/data/__init__.py, run`
const ranking = `${repository}, tests/test_models.py`

const exact = (what: string, source: string, published: PublishedFigure['published'], within: number, ours: PublishedFigure['ours']) => ({
  ...{ shop: 'interaction-log', what, source, published, within, ours },
})

/** The log as published; its rows stand in the order of time, not in that in which they were drawn. */
export const publishedLog = shared(() => generateInteractionLog({ preset: 'published' }))

/** User, item and weight of the row with a time. */
function rowAt(timestamp: number): number[] {
  const { interactions } = publishedLog()
  const row = interactions.timestamp.indexOf(timestamp)
  return [interactions.user[row]!, interactions.item[row]!, interactions.weight[row]!]
}

function highestReturn(share: number): number {
  const env = interactionLog(64, { preset: 'published' })
  return Math.max(...evaluate(referenceActors.random!(env, 1), env, { episodes: Math.ceil(share * 640), seed: 1 }).returns)
}

const shown = [0, 1, 2, 3, 4]
const relevant = new Set([0, 2, 4, 6, 8])
const first = [0, 1, 2, 3] as const

export const interactionLogFigures: readonly PublishedFigure[] = [
  exact('largest weight', drawn, 0.749966171301749, 5e-15, () => Math.max(...publishedLog().interactions.weight)),
  exact('sum of all weights', drawn, 903.0114561723799, 5e-10, () =>
    publishedLog().interactions.weight.reduce((sum, weight) => sum + weight, 0),
  ),
  exact('first row drawn: user, item, weight', drawn, [102, 441, 0.1554448677772629], 5e-15, () => rowAt(20523187)),
  exact('second row drawn', drawn, [435, 278, 0.03292963309207688], 5e-15, () => rowAt(10633508)),
  exact('third row drawn', drawn, [860, 250, 0.008782509742817975], 5e-15, () => rowAt(13726279)),
  exact('prices of the first items', drawn, [951.207163345817, 600.8816563670222, 464.6564030462085, 30.378649352844423], 0, () =>
    first.map(item => publishedLog().items.price[item]!),
  ),
  exact('ratings of the first items', drawn, [3.9279757672456204, 2.7833310114143646, 2.3348344445560874, 4.879639408647977], 0, () =>
    first.map(item => publishedLog().items.rating[item]!),
  ),
  exact('ages of the first users and the last', drawn, [56, 25, 36, 41, 50], 0, () =>
    [...first, 999].map(user => publishedLog().users.age[user]!),
  ),
  exact('sign-up dates of the first users and the last', drawn, [23327850, 2234489, 26301898, 9628519, 19789002], 0, () =>
    [...first, 999].map(user => publishedLog().users.signupDate[user]!),
  ),
  exact(
    'highest return of a session as published',
    `${repository}, scripts/train.py: a reward where the weight is exactly 1`,
    0,
    0,
    highestReturn,
  ),
  exact('precision@5 of 0 to 4 where 0, 2, 4, 6, 8 are relevant', ranking, 0.6, 0, () => precisionAtK(shown, relevant, 5)),
  exact('recall@5 of the same', ranking, 0.6, 0, () => recallAtK(shown, relevant, 5)),
]
