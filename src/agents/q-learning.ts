/**
 * Q-learning (Watkins 1989; Sutton & Barto 2018, section 6.5): the table learns what the best policy is worth, whatever policy acts.
 *
 *   Q(S, A) ← Q(S, A) + rate · (R + discount · max Q(S', ·) - Q(S, A))
 *
 * The maximum is over what could be done next, not what will be done: the policy that acts (here epsilon-greedy) need only try everything.
 */
import type { Spec } from '../envs/env'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { armSpaces } from './arms'
import { TableAgent, terminates } from './q-table-agent'
import { readTabularOptions, type TabularOptions, tabularFields } from './q-table-options'

export type QLearningOptions = TabularOptions

const kind = 'q-learning'

export const qLearningFacts: AgentFacts = {
  kind,
  about: 'a table of action values; what follows is worth the best that could be done',
  source: 'Watkins 1989; Sutton & Barto 2018, section 6.5',
  spaces: armSpaces,
  needs: 'few different observations, or options columns and bins that make them few',
  fields: tabularFields,
}

/** @throws UserError for options that do not fit, slates, and more actions or states than a table holds */
export function qLearning(spec: Spec, given: Partial<QLearningOptions> = {}): Agent {
  return new QLearning(kind, 'Q-learning', spec, readTabularOptions(kind, tabularFields, given))
}

class QLearning extends TableAgent {
  protected learn(_copy: number, state: number, action: number, reward: number, next: number, ended: number): void {
    const future = ended === terminates ? 0 : this.table.max(next)
    this.table.move(state, action, reward + this.discount * future)
  }
}
