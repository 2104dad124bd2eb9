/**
 * Softmax over action values, or Boltzmann exploration (Sutton & Barto 1998, section 2.3; 2018, chapter 2, keeps the action values):
 * better arms are pulled more often, by how much better they are.
 *
 *   P(arm) = exp(value / temperature) / sum over all arms of the same
 *
 * A high temperature makes all arms alike, a low one makes the choice greedy. Values are the means of rewards; the gradient bandit (2018,
 * section 2.8) also chooses by a softmax, but of preferences that it learns by gradient ascent, and is another algorithm.
 */
import type { Spec } from '../envs/env'
import { softmax as toProbabilities } from '../networks/softmax'
import { categorical } from '../random/draws'
import type { Generator } from '../random/generator'
import { ActionValues, type ForgettingOptions, forgettingField } from './action-values'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { Arms, armSpaces } from './arms'
import { BanditAgent, type BanditRule } from './bandit-agent'
import { atLeast, between, readOptions, seed } from './options'

export interface SoftmaxOptions extends ForgettingOptions {
  /** In units of reward, above 0: arms whose values differ by this much differ e-fold in probability; .1. */
  readonly temperature: number
  /** Value of an arm never pulled; 0. */
  readonly initialValue: number
  /** Of what is drawn while learning; 0. */
  readonly seed: number
}

const kind = 'softmax'

const fields = () => ({
  temperature: atLeast(0, { excluded: true }).default(0.1),
  initialValue: between(-1e6, 1e6).default(0),
  forgetting: forgettingField(),
  seed: seed().default(0),
})

export const softmaxFacts: AgentFacts = {
  kind,
  about: 'better items more often, by how much better they are',
  source: 'Sutton & Barto 1998, section 2.3',
  spaces: armSpaces,
  fields,
}

/** @throws UserError for options that do not fit, slates, or more than 10,000 combinations */
export function softmax(spec: Spec, given: Partial<SoftmaxOptions> = {}): Agent {
  const options = readOptions<SoftmaxOptions>(kind, fields, given)
  const arms = new Arms(kind, spec)
  return new BanditAgent(spec, arms, new Softmax(arms.count, options), options)
}

class Softmax implements BanditRule {
  readonly kind = kind
  readonly name = 'softmax'
  readonly values: ActionValues
  /** [arms], with their running sums beside. */
  private readonly probabilities: Float64Array
  private readonly sums: Float64Array

  constructor(
    count: number,
    private readonly settings: SoftmaxOptions,
  ) {
    this.values = new ActionValues(count, settings.forgetting, settings.initialValue)
    this.probabilities = new Float64Array(count)
    this.sums = new Float64Array(count)
  }

  get means(): Float64Array {
    return this.values.means
  }

  prepare(): void {
    const { means, probabilities, sums } = this
    const { temperature } = this.settings
    const count = means.length
    let highest = -Infinity
    for (let arm = 0; arm < count; arm++) if (means[arm]! > highest) highest = means[arm]!
    // Taken off before the division, which could overflow for a temperature next to 0.
    for (let arm = 0; arm < count; arm++) probabilities[arm] = (means[arm]! - highest) / temperature
    toProbabilities(probabilities, 0, count)
    let sum = 0
    for (let arm = 0; arm < count; arm++) sums[arm] = sum += probabilities[arm]!
  }

  choose(policy: Generator): number {
    return categorical(policy, this.sums)
  }

  probability(arm: number): number {
    return this.probabilities[arm]!
  }
}
