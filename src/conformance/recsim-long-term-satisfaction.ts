/** Long-term satisfaction against means of sessions with RecSim's defaults, and what its formulas give on paper. */
import { rankByClickbait, rankByLeastClickbait } from '../agents/recsim-rankings'
import { expectedReward } from '../envs/oracle'
import { type LongTermSatisfactionOptions, longTermSatisfaction } from '../envs/recsim-long-term-satisfaction'
import { evaluate } from '../train/evaluate-agent'
import { type ActorMaker, referenceActors } from '../train/play-actors'
import { estimate, type PublishedFigure, shared } from './published-figure'

const shop = 'recsim-long-term-satisfaction'
const released = 'github.com/google-research/recsim at 55e50e4, with its defaults, short runs: mean of sessions'
const onPaper =
  'github.com/google-research/recsim at 55e50e4, recsim/environments/long_term_satisfaction.py integrated by hand: 60 e^2.5 · 2 (e^.5 - 1)'

const returns = (ranking: ActorMaker, options?: LongTermSatisfactionOptions) =>
  shared(share => {
    const episodes = Math.ceil(share * 2048)
    const env = longTermSatisfaction(Math.min(512, episodes), options)
    return estimate(evaluate(ranking(env, 11), env, { episodes, seed: 2019 }).returns)
  })

/**
 * What the oracle expects of a session of random documents at sensitivity 0: 60 times the mean over 1,000 documents spread evenly over
 * clickbait, by the midpoint rule, which is wrong by some 1e-5.
 */
function expectedReturn(): number {
  const documents = 1000
  const env = longTermSatisfaction(1, { sensitivity: 0, candidates: documents })
  env.reset(1)
  const snapshot = env.save(0)
  const clickbait = Array.from({ length: documents }, (_, at) => (at + 0.5) / documents)
  env.load({ ...snapshot, state: { ...snapshot.state, clickbait } }, [0])
  const expected = new Float64Array(1)
  let sum = 0
  for (let document = 0; document < documents; document++) {
    expectedReward(env, Int32Array.of(document), expected)
    sum += expected[0]!
  }
  return (60 * sum) / documents
}

const exact = (what: string, ours: PublishedFigure['ours']): PublishedFigure => ({
  ...{ shop, what, source: onPaper, published: 948.37, within: 0.005, ours },
})

const meanReturn = (what: string, published: number, error: number, ours: PublishedFigure['ours']): PublishedFigure => ({
  ...{ shop, what, source: released, published, within: { error }, ours },
})

export const longTermSatisfactionFigures: readonly PublishedFigure[] = [
  exact('random at sensitivity 0, expected', expectedReturn),
  exact('random at sensitivity 0, played', returns(referenceActors.random!, { sensitivity: 0 })),
  meanReturn('random at sensitivity .01', 940.3, 8.1, returns(referenceActors.random!)),
  meanReturn('most clickbait at sensitivity .01', 1140.2, 9.7, returns(rankByClickbait)),
  meanReturn('least clickbait at sensitivity .01', 777.2, 6.4, returns(rankByLeastClickbait)),
]
