/** What the network inside an agent makes of one observation, layer by layer: for figures that draw it at work. */
import { UserError } from '../data/user-error'
import { activations } from '../networks/activations'
import type { Agent } from './agent'
import { joinLayers, namedShape } from './named-layers'

/**
 * The activations of the network that chooses the agent's actions, as it acts: without dropout.
 *
 * @param agent       one with a network: a Double DQN
 * @param observation what it sees of one shopper, [width]: a row of `env.observations`
 * @returns [units of the first hidden layer], …, [outputs]; the last are the values of the actions, as `agent.scores` gives them
 * @throws UserError when the agent has no network, or the observation another width
 */
export function layerActivations(agent: Agent, observation: Float32Array): Float32Array[] {
  const policy = agent.save(true)
  const shape = namedShape('online', policy)
  if (!shape)
    throw new UserError(
      `${agent.name} (${agent.kind}) has no network whose layers could be shown; a double-dqn agent without duelling has one`,
    )
  if (observation.length !== shape.inputs) {
    throw new UserError(
      `the observation has ${observation.length} numbers; the network of ${agent.name} takes ${shape.inputs}, one shopper's`,
    )
  }
  const { parameters, statistics } = joinLayers('online', shape, policy)
  return activations(shape, parameters, observation, statistics)
}
