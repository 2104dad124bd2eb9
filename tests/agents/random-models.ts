/** Small decision processes of all kinds, for fast-check: 1 to 6 states, 1 to 4 actions, some transitions certain, some states terminal. */
import fc from 'fast-check'

export const randomModels = fc
  .record({
    states: fc.integer({ min: 1, max: 6 }),
    actions: fc.integer({ min: 1, max: 4 }),
    discount: fc.double({ min: 0, max: 0.95, noNaN: true }),
  })
  .chain(({ states, actions, discount }) => {
    const pairs = states * actions
    const row = fc
      .array(fc.integer({ min: 0, max: 5 }), { minLength: states, maxLength: states })
      .filter(weights => weights.some(weight => weight > 0))
      .map(weights => weights.map(weight => weight / weights.reduce((sum, each) => sum + each, 0)))
    return fc.record({
      discount: fc.constant(discount),
      model: fc.record({
        states: fc.constant(states),
        actions: fc.constant(actions),
        transitions: fc.array(row, { minLength: pairs, maxLength: pairs }).map(rows => rows.flat()),
        rewards: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: pairs, maxLength: pairs }),
        terminal: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: states, maxLength: states }),
      }),
    })
  })
