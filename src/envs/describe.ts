/** A shop in words, for notebooks and the command line: one line says who is shopping, what was shown and what happened. */
import { checkCopy } from './buffers'
import type { Env } from './env'
import { tellStep } from './tell-step'

type Describe = (copy: number) => string

const descriptions = new WeakMap<Env, Describe>()

/** Called once by a shop that can tell about its copies. */
export function setDescription(env: Env, describe: Describe): void {
  descriptions.set(env, describe)
}

/**
 * What happened to one copy in the last step, in a line; before the first step, who is there.
 *
 * Who they are is told as they are after the step. After an episode's last step it still tells of that episode, not of the next one, which has begun by then.
 *
 * @throws RangeError when there is no such copy
 */
export function describe(env: Env, copy = 0): string {
  const tell = descriptions.get(env)
  if (tell) return tell(copy)
  // A shop that was made without the frame: its events speak.
  checkCopy(copy, env.copies)
  return `${env.spec.name}: ${tellStep(env, copy, item => env.items?.labels[item] ?? `item ${item}`)}`
}
