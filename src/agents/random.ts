/** The random agent: every action alike, whatever it sees, in any space. The floor that everything else is measured from. */
import type { Env, Space, Spec } from '../envs/env'
import { actionCount, randomActions } from '../envs/spaces'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { checkAgent, streamOf } from './checkpoints'
import { readOptions, seed } from './options'

export interface RandomAgentOptions {
  readonly seed: number
}

const kind = 'random'

const fields = () => ({ seed: seed().default(0) })

export const randomFacts: AgentFacts = {
  kind,
  about: 'every action alike: the floor',
  source: 'none',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  fields,
}

/** @throws UserError for options that do not fit */
export function randomAgent(spec: Spec, given: Partial<RandomAgentOptions> = {}): Agent {
  return new RandomAgent(spec.actions, readOptions<RandomAgentOptions>(kind, fields, given))
}

class RandomAgent implements Agent {
  readonly kind = kind
  readonly name = 'random'
  readonly options: Readonly<Record<string, unknown>>
  private readonly policy: Generator
  /** Evaluation draws from a stream of its own, so that it leaves no trace in training. */
  private readonly evaluation: Generator

  constructor(
    private readonly space: Space,
    options: RandomAgentOptions,
  ) {
    this.options = { ...options }
    this.policy = stream(options.seed, 'policy')
    this.evaluation = stream(options.seed, 'evaluation')
  }

  act(_observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const generator = explore ? this.policy : this.evaluation
    randomActions(this.space, generator, actions)
    propensities?.fill(1 / actionCount(this.space))
  }

  observe(_env: Env, _before: Float32Array, _actions: Int32Array): void {}

  update(): Report | undefined {
    return undefined
  }

  scores(_observation: Float32Array, out: Float32Array): void {
    for (let item = 0; item < out.length; item++) out[item] = this.evaluation.next()
  }

  save(policyOnly = false): Checkpoint {
    const state = { policy: this.policy.save(), evaluation: this.evaluation.save() }
    return { agent: kind, options: this.options, policyOnly, state, arrays: {}, shapes: {} }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(kind, checkpoint)
    const [policy, evaluation] = [streamOf(checkpoint, 'policy'), streamOf(checkpoint, 'evaluation')]
    this.policy.load(policy)
    this.evaluation.load(evaluation)
  }

  dispose(): void {}
}
