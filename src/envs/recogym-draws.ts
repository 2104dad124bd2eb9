/**
 * What RecoGym's users are drawn from: a named stream, or NumPy's RandomState where a published trace is wanted.
 *
 * Uniform numbers are used in the same way whichever it is: NumPy's `choice` takes one, and finds it in running sums. Only normal numbers
 * are made differently, by RandomState's polar method with its kept second number, and by Box & Muller from a stream.
 */
import { normal } from '../random/draws'
import { type Generator, type GeneratorState, stream } from '../random/generator'
import { NumpyRandomState } from '../random/numpy-random-state'

interface NormalGenerator extends Generator {
  /** A standard normal number. */
  gauss(): number
}

/** A standard normal number, RandomState's where the generator is one. */
export function standardNormal(generator: Generator): number {
  return 'gauss' in generator ? (generator as NormalGenerator).gauss() : normal(generator)
}

/**
 * RandomState(seed) as the stream of a copy. A snapshot taken after the future was redrawn holds a named stream; that is taken up again
 * too.
 *
 * @param seed a whole number between 0 and 2^32 - 1
 */
export function traceGenerator(seed: number): NormalGenerator {
  let source: Generator = new NumpyRandomState(seed)
  return {
    next: () => source.next(),
    gauss: () => standardNormal(source),
    save: () => source.save(),
    load(state: GeneratorState) {
      const loaded = state && 's0' in state ? stream(0, 'recogym') : new NumpyRandomState(0)
      loaded.load(state)
      source = loaded
    },
  }
}
