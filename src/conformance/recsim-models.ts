/** RecSim's small models with known answers: its test MDP solved by value iteration, and its choice models. */
import { multinomialLogit } from '../envs/choice-models'
import { testMdpModel } from '../envs/classic/test-mdp'
import type { PublishedFigure } from './published-figure'

const mdpSource = 'github.com/google-research/recsim at 55e50e4, recsim/testing/test_environment.py'
const choiceSource =
  'github.com/google-research/recsim at 55e50e4, recsim/choice_model_test.py: user [.8, .6], documents [.8, .6] and [.6, .8]'

/** Optimal values of the test MDP [states, actions]. */
function valueIteration(discount: number): number[] {
  const { states, actions, transitions, rewards } = testMdpModel
  let values: number[] = new Array(states * actions).fill(0)
  for (let sweep = 0; sweep < 500; sweep++) {
    const best = bestOf(values)
    values = values.map((_, pair) => {
      let future = 0
      for (let next = 0; next < states; next++) future += transitions[pair * states + next]! * best[next]!
      return rewards[pair]! + discount * future
    })
  }
  return values
}

/** The best action's value in each state. */
function bestOf(values: readonly number[]): number[] {
  const { states, actions } = testMdpModel
  return Array.from({ length: states }, (_, state) => Math.max(...values.slice(state * actions, (state + 1) * actions)))
}

/** As the source prints them. */
const sixDigits = (values: readonly number[]) => values.map(value => Number(value.toPrecision(6)))

const scores = [0.8 * 0.8 + 0.6 * 0.6, 0.8 * 0.6 + 0.6 * 0.8]

export const recsimModelFigures: readonly PublishedFigure[] = [
  {
    ...{ shop: 'test-mdp', what: 'values of the states, discount .5', source: mdpSource, within: 5e-6 },
    published: [-7.10072, 2.89928, 2.89928, 2.94964, 3.23741, 6.47482],
    ours: () => bestOf(valueIteration(0.5)),
  },
  {
    ...{ shop: 'test-mdp', what: 'values of every action in every state, discount .5, to six digits', source: mdpSource, within: 0 },
    published: [
      [-8.53022, -8.41259, -7.10072, -12.3547],
      [1.58741, 2.89928, -1.35468, 1.12842],
      [2.89928, -1.35468, 1.12842, 0.94964],
      [1.64532, 1.12842, 2.94964, 1.46978],
      [3.23741, -3.55036, 1.44964, 1.44964],
      [1.44964, 1.44964, 3.44964, 6.47482],
    ].flat(),
    ours: () => sixDigits(valueIteration(0.5)),
  },
  {
    ...{ shop: 'test-mdp', what: 'the same, discount .9', source: mdpSource, within: 0 },
    published: [
      [5.79888, 6.59282, 8.12425, -0.615864],
      [16.5928, 18.1242, 10.3841, 15.641],
      [18.1242, 10.3841, 15.641, 15.4118],
      [13.3841, 15.641, 17.4118, 15.7989],
      [18.6036, 7.31182, 16.3118, 16.3118],
      [12.3118, 16.3118, 18.3118, 20.6706],
    ].flat(),
    ours: () => sixDigits(valueIteration(0.9)),
  },
  {
    ...{ shop: 'choice-models', what: 'multinomial logit: two documents, no click', source: choiceSource, within: 5e-4 },
    published: [0.51, 0.49, 0],
    ours: () => [...multinomialLogit(scores)],
  },
  {
    ...{ shop: 'choice-models', what: 'multinomial logit with no click at 1', source: choiceSource, within: 5e-4 },
    published: [0.338, 0.325, 0.338],
    ours: () => [...multinomialLogit(scores, 1)],
  },
]
