/**
 * Expected SARSA (van Seijen et al. 2009; Sutton & Barto 2018, section 6.6): SARSA without the luck of which action comes next.
 *
 *   Q(S, A) ← Q(S, A) + rate · (R + discount · Σ policy(a | S') Q(S', a) - Q(S, A))
 *
 * The policy is the epsilon-greedy one that acts: Σ = epsilon · mean Q(S', ·) + (1 - epsilon) · max Q(S', ·). With epsilon 0 it is
 * Q-learning.
 */
import type { Spec } from '../envs/env'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { armSpaces } from './arms'
import { TableAgent, terminates } from './q-table-agent'
import { readTabularOptions, type TabularOptions, tabularFields } from './q-table-options'

export type ExpectedSarsaOptions = TabularOptions

const kind = 'expected-sarsa'

export const expectedSarsaFacts: AgentFacts = {
  kind,
  about: 'a table of action values; what follows is worth the mean of what may be done',
  source: 'van Seijen et al. 2009; Sutton & Barto 2018, section 6.6',
  spaces: armSpaces,
  needs: 'few different observations, or options columns and bins that make them few',
  fields: tabularFields,
}

/** @throws UserError for options that do not fit, slates, and more actions or states than a table holds */
export function expectedSarsa(spec: Spec, given: Partial<ExpectedSarsaOptions> = {}): Agent {
  return new ExpectedSarsa(kind, 'Expected SARSA', spec, readTabularOptions(kind, tabularFields, given))
}

class ExpectedSarsa extends TableAgent {
  protected learn(_copy: number, state: number, action: number, reward: number, next: number, ended: number): void {
    const future = ended === terminates ? 0 : this.table.expected(next, this.epsilon)
    this.table.move(state, action, reward + this.discount * future)
  }
}
