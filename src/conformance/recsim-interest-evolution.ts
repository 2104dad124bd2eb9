/**
 * Interest evolution against RecSim's own code, an independent rewriting of its rules, and table 1 of SlateQ (arXiv 1905.12767).
 *
 * Returns are means of whole sessions with ten candidates in each step. SlateQ's table gives no errors, and whether it counts the minutes
 * of a video that the session's end cuts short we could not find out, so it is shown and not tested; tests/conformance/recsim.test.ts
 * holds it between the two ways of counting.
 */
import { rankByInterest } from '../agents/recsim-rankings'
import { interestEvolution } from '../envs/recsim-interest-evolution'
import { evaluate } from '../train/evaluate-agent'
import { type ActorMaker, referenceActors } from '../train/play-actors'
import { estimate, type PublishedFigure, shared } from './published-figure'

const shop = 'recsim-interest-evolution'
const original = 'github.com/google-research/recsim at 55e50e4, the original code, short runs: mean of sessions'
const rewritten = 'an independent rewriting of github.com/google-research/recsim at 55e50e4: mean of sessions'

/** Mean minutes watched in a session, ten candidates and a slate of three: SlateQ (Ie et al. 2019), table 1; the last is its best. */
export const slateQTable1 = { random: 159.2, myopic: 166.3, 'SARSA-TS': 168.4, 'QL-OT-OS': 174.6 } as const

const returns = (slate: number, ranking: ActorMaker, sessions: number) =>
  shared(share => {
    const episodes = Math.ceil(share * sessions)
    const env = interestEvolution(Math.min(128, episodes), { candidates: 10, slate })
    return estimate(evaluate(ranking(env, 11), env, { episodes, seed: 2019 }).returns)
  })

const random = { 2: returns(2, referenceActors.random!, 5120), 3: returns(3, referenceActors.random!, 5120) }
const byInterest = { 2: returns(2, rankByInterest, 5120), 3: returns(3, rankByInterest, 5120) }

const meanReturn = (what: string, ours: PublishedFigure['ours'], source: string, published: number, error: number): PublishedFigure => ({
  shop,
  what,
  source,
  published,
  within: { error },
  ours,
})

const untested = (what: string, published: number, ours: PublishedFigure['ours']): PublishedFigure => ({
  ...{ shop, what, published, ours, source: 'SlateQ, Ie et al. 2019, arXiv 1905.12767, table 1', note: 'published without an error' },
})

export const interestEvolutionFigures: readonly PublishedFigure[] = [
  meanReturn('random, slate of 2, original', random[2], original, 153.7, 0.5),
  meanReturn('random, slate of 2, rewriting', random[2], rewritten, 153.8, 0.2),
  meanReturn('random, slate of 3, original', random[3], original, 159.9, 0.5),
  meanReturn('random, slate of 3, rewriting', random[3], rewritten, 160.7, 0.2),
  meanReturn('by interest (myopic), slate of 2, original', byInterest[2], original, 164.9, 1.1),
  meanReturn('by interest (myopic), slate of 2, rewriting', byInterest[2], rewritten, 166.3, 0.5),
  meanReturn('by interest (myopic), slate of 3, original', byInterest[3], original, 167.0, 0.9),
  meanReturn('by interest (myopic), slate of 3, rewriting', byInterest[3], rewritten, 167.5, 0.4),
  untested('random, slate of 3, SlateQ', slateQTable1.random, random[3]),
  untested('myopic, slate of 3, SlateQ', slateQTable1.myopic, byInterest[3]),
]
