/** Trainings under several seeds, each in a process of its own, two at a time; the results do not depend on how many there are at once. */
import { fork } from 'node:child_process'

/**
 * Call it once, at the end of a table script: `seedBySeed(__filename, [1, 2, 3], play, write)`.
 *
 * @param script the script itself, which is started again for each seed
 * @param play   what is done under one seed; what it gives must be plain enough to be sent from one process to another
 * @param write  what is done with the results, in the order of the seeds
 */
export function seedBySeed<Result>(
  script: string,
  seeds: readonly number[],
  play: (seed: number) => Promise<Result>,
  write: (results: readonly Result[]) => void,
): void {
  const asked = process.argv[2]
  const work = asked === undefined ? all(script, seeds, write) : answer(play, Number(asked))
  work.catch(error => {
    console.error(error)
    process.exitCode = 1
  })
}

async function all<Result>(script: string, seeds: readonly number[], write: (results: readonly Result[]) => void): Promise<void> {
  const waiting = [...seeds]
  const results = new Map<number, Result>()
  const lane = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) results.set(seed, await inProcess<Result>(script, seed))
  }
  await Promise.all([lane(), lane()])
  write(seeds.map(seed => results.get(seed)!))
}

function inProcess<Result>(script: string, seed: number): Promise<Result> {
  const child = fork(script, [String(seed)])
  return new Promise((resolve, reject) => {
    child.once('message', message => resolve(message as Result))
    child.once('error', reject)
    // The result comes before the channel closes; the process may be gone before either is seen.
    child.once('disconnect', () => reject(new Error(`the process of seed ${seed} ended without a result`)))
  })
}

async function answer<Result>(play: (seed: number) => Promise<Result>, seed: number): Promise<void> {
  process.send!(await play(seed), undefined, undefined, () => process.disconnect())
}
