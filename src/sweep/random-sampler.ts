/** Random search (Bergstra & Bengio 2012): every configuration drawn evenly, each alone; hard to beat when few hyperparameters matter. */
import type { Sampler } from './sampler'
import type { Choice, Configuration } from './search-space'
import { scaleOf } from './unit-interval'

/** Evenly over the space: log dimensions over their logarithms, all values of an integer and all choices alike. Takes one uniform a dimension. */
export function randomSampler(): Sampler {
  return {
    spec: { kind: 'random' },
    propose({ space, generator }): Configuration {
      const configuration: Record<string, Choice> = {}
      for (const name of Object.keys(space)) {
        const scale = scaleOf(space[name]!)
        configuration[name] = scale.valueOf(scale.coordinateAt(generator.next()))
      }
      return configuration
    },
  }
}
