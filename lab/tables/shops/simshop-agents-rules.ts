/** Rules that simshop-agents.ts lets play beside the agents: one that remembers a visit, and an oracle that is in no hurry. */
import { type Actor, type Agent, bestActions, bestItems, type Env, expectedReward, type Spec } from 'shoplab'

interface Visit {
  /** The candidates' numbers, which no other visit has. */
  readonly candidates: string
  readonly shown: Set<number>
  readonly clicked: Set<number>
}

/**
 * The agent's best page of what this visit has not refused yet: what was shown and not clicked is not shown again as long as there is
 * anything else. What was clicked stands in the history.
 */
export function noSecondChance(agent: Agent, spec: Spec): Actor {
  const block = (name: string) => spec.layout.find(each => each.name === name)!
  const [candidates, history] = [block('candidates'), block('history')]
  const [count, width] = candidates.shape as [number, number]
  const [clicks, clickWidth] = history.shape as [number, number]
  const size = spec.actions.kind === 'slate' ? spec.actions.size : 1
  const scores = new Float32Array(count)
  const visits: Visit[] = []

  /** Marks the candidates that are among the last clicked. */
  function remember({ clicked }: Visit, row: Float32Array): void {
    for (let from = history.offset, left = clicks; left > 0; from += clickWidth, left--) {
      const isClick = row[from + width] === 1
      for (let place = 0; isClick && place < count; place++) {
        const at = candidates.offset + place * width
        if (row.subarray(at, at + width).every((number, column) => number === row[from + column])) clicked.add(place)
      }
    }
  }

  return {
    act(observations, _explore, actions) {
      for (let copy = 0; copy * size < actions.length; copy++) {
        const row = observations.subarray(copy * spec.width, (copy + 1) * spec.width)
        const text = row.subarray(candidates.offset, candidates.offset + count * width).join()
        if (visits[copy]?.candidates !== text) visits[copy] = { candidates: text, shown: new Set(), clicked: new Set() }
        const visit = visits[copy]!
        remember(visit, row)
        agent.scores(row, scores)
        const refused = new Set(Array.from(visit.shown).filter(place => !visit.clicked.has(place)))
        const page = bestItems(scores, size, { exclude: refused })
        // Down to fewer than a page, the best of the refused get their second chance after all.
        if (page.length < size) page.push(...bestItems(scores, size - page.length, { exclude: page.map(({ item }) => item) }))
        for (const [place, { item }] of page.entries()) {
          actions[copy * size + place] = item
          visit.shown.add(item)
        }
      }
    },
  }
}

/**
 * The myopic oracle, but for one thing: where nothing is bought yet and its page would bring `least` or more, it keeps one of the buyers
 * back, and puts in the last place what brings least. So the fifth purchase, which ends the visit, comes on a later page, with up to four
 * more. It is a simple rule; the best plan is better still.
 *
 * @param env whose observations tell the purchases so far (`progress: true`)
 */
export function patientOracle(env: Env, least: number): Actor {
  const { actions: space, layout, width } = env.spec
  if (space.kind !== 'slate') throw new RangeError(`${env.spec.name} has no pages`)
  const { candidates, size } = space
  const purchases = layout.find(({ name }) => name === 'context')!.offset + 3
  const tried = new Int32Array(env.copies * size)
  const [best, lowest, reward] = [new Float64Array(env.copies), new Float64Array(env.copies), new Float64Array(env.copies)]
  const worst = new Int32Array(env.copies)
  return {
    act(observations, _explore, actions) {
      bestActions(env, actions)
      expectedReward(env, actions, best)
      lowest.fill(Infinity)
      for (let candidate = 0; candidate < candidates; candidate++) {
        tried.set(actions)
        for (let last = size - 1; last < tried.length; last += size) {
          if (!actions.subarray(last + 1 - size, last).includes(candidate)) tried[last] = candidate
        }
        expectedReward(env, tried, reward)
        for (let copy = 0; copy < env.copies; copy++) {
          if (reward[copy]! >= lowest[copy]!) continue
          lowest[copy] = reward[copy]!
          worst[copy] = tried[(copy + 1) * size - 1]!
        }
      }
      for (let copy = 0; copy < env.copies; copy++) {
        if (observations[copy * width + purchases] === 0 && best[copy]! >= least) actions[(copy + 1) * size - 1] = worst[copy]!
      }
    },
  }
}
