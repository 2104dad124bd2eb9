/** Search spaces of every kind, for property tests. */
import fc from 'fast-check'
import type { Dimension, SearchSpace } from '../../src/sweep/search-space'

const float = fc
  .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 1e6, noNaN: true }))
  .map(([low, extent]): Dimension => ({ kind: 'float', low, high: low + extent }))

const logFloat = fc
  .tuple(fc.double({ min: 1e-9, max: 1e3, noNaN: true }), fc.double({ min: 1.5, max: 1e9, noNaN: true }))
  .map(([low, factor]): Dimension => ({ kind: 'float', low, high: low * factor, log: true }))

/** Ranges as people write them: tenths from -5 to 5, in steps of a tenth to one, which need not end at `high`. */
const steppedFloat = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 10, max: 60 }))
  .map(([low, step, extent]): Dimension => ({ kind: 'float', low: low / 10, high: (low + extent) / 10, step: step / 10 }))

const int = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 7 }))
  .map(([low, extent, step]): Dimension => ({ kind: 'int', low, high: low + extent, step: Math.min(step, extent) }))

const logInt = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 5000 }))
  .map(([low, extent]): Dimension => ({ kind: 'int', low, high: low + extent, log: true }))

const categorical = fc
  .uniqueArray(fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
    selector: choice => JSON.stringify(choice),
  })
  .map((choices): Dimension => ({ kind: 'categorical', choices }))

const named = (dimension: fc.Arbitrary<Dimension>, most: number) =>
  fc
    .array(dimension, { minLength: 1, maxLength: most })
    .map((dimensions): SearchSpace => Object.fromEntries(dimensions.map((one, at) => [`h${at}`, one])))

export const anySpace = named(fc.oneof(float, logFloat, steppedFloat, int, logInt, categorical), 5)

/** Few values each, so that a grid of them is small. */
export const smallGrid = named(
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .map(([low, more]): Dimension => ({ kind: 'int', low, high: low + more })),
    fc.integer({ min: 1, max: 3 }).map((steps): Dimension => ({ kind: 'float', low: 0.1, high: 0.1 + steps / 10 + 0.05, step: 0.1 })),
    fc.constantFrom<Dimension>({ kind: 'categorical', choices: ['a', true, [1, 2]] }, { kind: 'categorical', choices: [64] }),
  ),
  4,
)
