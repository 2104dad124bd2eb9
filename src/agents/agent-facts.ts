/** What is to be known of an agent before one is made: for lists, help and checks. */
import type { Field } from './options'
import type { SpaceKind } from './spaces'

export interface AgentFacts {
  /** Its name in the factory: 'double-dqn'. */
  readonly kind: string
  /** What it does, in a line. */
  readonly about: string
  /** The paper or book it follows. */
  readonly source: string
  /** The kinds of actions it can choose. */
  readonly spaces: readonly SpaceKind[]
  /** What else a shop must have for it, in words. */
  readonly needs?: string
  /** Makes the readers of its options, each with its default. */
  readonly fields: () => Readonly<Record<string, Field>>
}
