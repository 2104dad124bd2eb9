/**
 * Named streams of random numbers: one seed, as many independent streams as there are names.
 *
 * Drawn by seedrandom's `alea` (Johannes Baagøe), whose state is small, so that a stream can be saved and taken up again.
 */
import seedrandom from 'seedrandom'

/** A source of uniform numbers whose state can be saved. */
export interface Generator {
  /** The next number, uniform in [0, 1); a stream's is a multiple of 2^-32. */
  next(): number
  save(): GeneratorState
  /** @throws RangeError when a number is missing from the state; the generator stays where it stood */
  load(state: GeneratorState): void
}

/** Everything a generator needs to go on where it stood; plain numbers, so that it can be written as JSON. */
export type GeneratorState = Readonly<Record<string, number>>

/** What alea's state consists of. */
const stateParts = ['c', 's0', 's1', 's2'] as const

/**
 * The stream of a seed and a name: the same seed and names give the same numbers, whatever else is drawn.
 *
 * @param seed   any finite number
 * @param names  what the numbers are for, and for whom: `stream(42, 'environment', copy)`
 */
export function stream(seed: number, ...names: readonly (string | number)[]): Generator {
  if (!Number.isFinite(seed)) throw new RangeError(`seed is ${seed}; it must be a finite number`)
  let draw = seedrandom.alea([seed, ...names].join('/'), { state: true })
  return {
    next: () => draw(),
    save: () => ({ ...(draw.state() as unknown as GeneratorState) }),
    load(state) {
      checkGeneratorState(state)
      draw = seedrandom.alea('', { state: { ...state } as unknown as seedrandom.State.Alea })
    },
  }
}

/** @throws RangeError when a number is missing: alea would take any object, and draw NaN from then on */
export function checkGeneratorState(state: GeneratorState): void {
  if (stateParts.every(part => Number.isFinite(state?.[part]))) return
  throw new RangeError(`the state of a stream is ${JSON.stringify(state)}; it must have the numbers ${stateParts.join(', ')}`)
}
