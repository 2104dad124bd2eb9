/** Checks an exercise's answer in a notebook and says what is wrong with it, never what would be right. */
import { exercises } from './exercises'
import { show } from './show'
import { escapeHtml } from './table'

export type Verdict = 'right' | 'not yet' | 'not answered'

const marks: Readonly<Record<Verdict, string>> = { right: '✔', 'not yet': '✘', 'not answered': '○' }
const colours: Readonly<Record<Verdict, string>> = { right: '#009E73', 'not yet': '#B3470F', 'not answered': '#7A7A7A' }

/**
 * Shows under the cell whether the answer is right, and if not, what is wrong with it.
 *
 * @param name   of the exercise, as its cell has it
 * @param answer undefined, the empty cell, is not answered yet
 * @throws RangeError when there is no such exercise
 */
export function check(name: string, answer?: unknown): void {
  const { verdict, words } = judge(name, answer)
  const line = `${marks[verdict]} ${verdict}: ${words}`
  show({ text: line, html: `<div style="color:${colours[verdict]}">${escapeHtml(line)}</div>` })
}

/** The verdict without showing it. An answer that makes the judging itself fail, such as a function that throws, is wrong in those words. */
export function judge(name: string, answer?: unknown): { readonly verdict: Verdict; readonly words: string } {
  const exercise = Object.hasOwn(exercises, name) ? exercises[name] : undefined
  if (!exercise) throw new RangeError(`there is no exercise '${name}'; there are ${Object.keys(exercises).join(', ')}`)
  if (answer === undefined) return { verdict: 'not answered', words: 'replace undefined with your answer and run the cell again' }
  let complaint: string | undefined
  try {
    complaint = exercise.judge(answer)
  } catch (error) {
    complaint = `trying your answer failed with: ${error instanceof Error ? error.message : String(error)}`
  }
  return complaint === undefined ? { verdict: 'right', words: exercise.right } : { verdict: 'not yet', words: complaint }
}
