/**
 * SARSA (Rummery & Niranjan 1994; Sutton & Barto 2018, section 6.4): the table learns what the policy that acts is worth, its blunders
 * included.
 *
 *   Q(S, A) ← Q(S, A) + rate · (R + discount · Q(S', A') - Q(S, A))
 *
 * A' is the action really taken in S'. It is known one step later: each copy's last step stays open until the next `observe` tells what was
 * done where it led, and is learned from before that next step is. The book learns from it as soon as A' is chosen, which comes to the
 * same, since nothing is learned in between.
 *
 * Where no A' will be taken, its expected value under the epsilon-greedy policy takes its place, as in Expected SARSA: at a truncation, and
 * where the next step begins in another state (the shop was reset) or there is another number of copies. Where the episode terminates,
 * nothing follows.
 */
import type { Spec } from '../envs/env'
import type { Agent } from './agent'
import type { AgentFacts } from './agent-facts'
import { armSpaces } from './arms'
import { TableAgent, terminates, truncates } from './q-table-agent'
import { OpenSteps } from './q-table-open-steps'
import { readTabularOptions, type TabularOptions, tabularFields } from './q-table-options'

export type SarsaOptions = TabularOptions

const kind = 'sarsa'

export const sarsaFacts: AgentFacts = {
  kind,
  about: 'a table of action values; what follows is worth what is really done next',
  source: 'Rummery & Niranjan 1994; Sutton & Barto 2018, section 6.4',
  spaces: armSpaces,
  needs: 'few different observations, or options columns and bins that make them few',
  fields: tabularFields,
}

/** @throws UserError for options that do not fit, slates, and more actions or states than a table holds */
export function sarsa(spec: Spec, given: Partial<SarsaOptions> = {}): Agent {
  return new Sarsa(kind, 'SARSA', spec, readTabularOptions(kind, tabularFields, given))
}

class Sarsa extends TableAgent {
  /** One open step of each copy at most. */
  private open = new OpenSteps(0, 1)

  protected override prepare(copies: number): void {
    if (this.open.copies === copies) return
    for (let copy = 0; copy < this.open.copies; copy++) this.close(copy)
    this.open = new OpenSteps(copies, 1)
  }

  protected learn(copy: number, state: number, action: number, reward: number, next: number, ended: number): void {
    const { open, table } = this
    if (open.count[copy] === 1 && open.next[copy] === state) this.moveOpen(copy, table.at(state, action))
    else this.close(copy)
    open.push(copy, state, action, reward, next)
    if (ended === terminates) this.moveOpen(copy, 0)
    else if (ended === truncates) this.close(copy)
  }

  protected override saveOpen(): OpenSteps {
    return this.open
  }

  protected override takeOpen(open: OpenSteps): void {
    this.open = open
  }

  /** The open step, if there is one, when no A' will be taken. */
  private close(copy: number): void {
    if (this.open.count[copy] === 1) this.moveOpen(copy, this.table.expected(this.open.next[copy]!, this.epsilon))
  }

  private moveOpen(copy: number, future: number): void {
    const { states, actions, rewards } = this.open
    // A ring of one step: it stands at the number of its copy.
    this.table.move(states[copy]!, actions[copy]!, rewards[copy]! + this.discount * future)
    this.open.shift(copy)
  }
}
