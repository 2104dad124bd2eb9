/**
 * n-step SARSA (Sutton & Barto 2018, section 7.2): a value learns from the next n rewards before it trusts what the table says of the rest.
 *
 *   G ← R(t+1) + discount R(t+2) + … + discount^(n-1) R(t+n) + discount^n Q(S(t+n), A(t+n))
 *   Q(S(t), A(t)) ← Q(S(t), A(t)) + rate · (G - Q(S(t), A(t)))
 *
 * With n 1 it is SARSA. The last n steps of each copy are open; the oldest is learned from when the next `observe` tells A(t+n), the action
 * really taken. Where an episode terminates, all that are open are learned from, oldest first, with nothing to follow. Where no more
 * actions will be taken (a truncation; the next step begins in another state, since the shop was reset; another number of copies), the
 * expected value of the last state under the epsilon-greedy policy follows, as in SARSA here.
 */
import type { Spec } from '../envs/env'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { armSpaces } from './arms'
import { whole } from './options'
import { TableAgent, terminates, truncates } from './q-table-agent'
import { OpenSteps } from './q-table-open-steps'
import { readTabularOptions, type TabularOptions, tabularFields } from './q-table-options'

export interface NStepSarsaOptions extends TabularOptions {
  /** Rewards taken as they came, 1 to 1,000; 4. */
  readonly n: number
}

const kind = 'n-step-sarsa'

const fields = () => ({ n: whole(1, 1000).default(4), ...tabularFields() })

export const nStepSarsaFacts: AgentFacts = {
  kind,
  about: 'SARSA that counts the next n rewards as they came',
  source: 'Sutton & Barto 2018, section 7.2',
  spaces: armSpaces,
  needs: 'few different observations, or options columns and bins that make them few',
  fields,
}

/** @throws UserError for options that do not fit, slates, and more actions or states than a table holds */
export function nStepSarsa(spec: Spec, given: Partial<NStepSarsaOptions> = {}): Agent {
  return new NStepSarsa(spec, readTabularOptions<NStepSarsaOptions>(kind, fields, given))
}

class NStepSarsa extends TableAgent {
  private readonly n: number
  private open: OpenSteps

  constructor(spec: Spec, options: NStepSarsaOptions) {
    super(kind, 'n-step SARSA', spec, options)
    this.n = options.n
    this.open = new OpenSteps(0, this.n)
  }

  protected override prepare(copies: number): void {
    if (this.open.copies === copies) return
    for (let copy = 0; copy < this.open.copies; copy++) this.closeAll(copy)
    this.open = new OpenSteps(copies, this.n)
  }

  protected learn(copy: number, state: number, action: number, reward: number, next: number, ended: number): void {
    const { open, table } = this
    if (open.count[copy]! > 0 && open.next[copy] !== state) this.closeAll(copy)
    if (open.count[copy] === this.n) this.moveOldest(copy, table.at(state, action))
    open.push(copy, state, action, reward, next)
    if (ended === terminates) this.moveAll(copy, 0)
    else if (ended === truncates) this.closeAll(copy)
  }

  protected override saveOpen(): OpenSteps {
    return this.open
  }

  protected override takeOpen(open: OpenSteps): void {
    this.open = open
  }

  /** Learns from all open steps when no more actions will be taken. */
  private closeAll(copy: number): void {
    if (this.open.count[copy]! > 0) this.moveAll(copy, this.table.expected(this.open.next[copy]!, this.epsilon))
  }

  private moveAll(copy: number, future: number): void {
    while (this.open.count[copy]! > 0) this.moveOldest(copy, future)
  }

  /** @param future what follows the newest open step is worth */
  private moveOldest(copy: number, future: number): void {
    const { open, discount } = this
    let target = future
    for (let rank = open.count[copy]! - 1; rank >= 0; rank--) target = open.rewards[open.at(copy, rank)]! + discount * target
    const at = open.at(copy, 0)
    this.table.move(open.states[at]!, open.actions[at]!, target)
    open.shift(copy)
  }
}
