import { expect, test } from 'vitest'
import { checkEnv } from '../../src/envs/check-env'
import { wholes } from '../../src/envs/copy-state'
import { defineEnv, type EnvDefinition } from '../../src/envs/define-env'
import type { Env, Snapshot } from '../../src/envs/env'
import { eventCode } from '../../src/envs/events'
import { setOracle } from '../../src/envs/oracle'
import { makeEnv } from '../../src/envs/registry'
import { chance, integer } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const columns = { likes: wholes(1, 0, 2) }
type Definition = EnvDefinition<typeof columns>

const good: Definition = {
  name: 'broken',
  layout: [{ name: 'context', offset: 0, shape: [2], categories: [3, 0] }],
  actions: { kind: 'discrete', n: 3 },
  horizon: 7,
  eventsPerStep: 1,
  state: columns,
  begin(copy, { likes }, generator) {
    likes[copy] = integer(generator, 3)
  },
  observe(copy, { likes, steps }, row, offset) {
    row[offset] = likes[copy]!
    row[offset + 1] = steps[copy]! / 7
  },
  step(copy, { likes }, actions, at, generator, outcome) {
    const engaged = chance(generator, actions[at] === likes[copy] ? 0.8 : 0.2)
    outcome.rewards[copy] = engaged ? 1 : 0
    outcome.chosen[copy] = engaged ? 0 : -1
    outcome.events.add(copy, eventCode.impression, actions[at]!, 0, 1, 0)
    return chance(generator, 0.1)
  },
  expected: (copy, { likes }, actions, at) => (actions[at] === likes[copy] ? 0.8 : 0.2),
}

const withRules = (rules: Partial<Definition>) => (copies: number) => defineEnv(copies, { ...good, ...rules }).env

/** The good shop with some of its outside replaced. */
const withOutside = (replace: (env: Env, copies: number) => Partial<Env>) => (copies: number) => {
  const env = withRules({})(copies)
  return { ...env, ...replace(env, copies) }
}

/** The good shop with something done after every step. */
const afterStep = (spoil: (env: Env) => void) =>
  withOutside(env => ({
    step(actions) {
      env.step(actions)
      spoil(env)
    },
  }))

test('the shop that the broken ones are made from passes', () => {
  expect(checkEnv(withRules({}))).toHaveLength(9)
})

const noise = { next: Math.random, save: () => ({}), load: () => {} }

const broken: Readonly<Record<string, [make: (copies: number) => Env, message: string]>> = {
  'a width that is not the layout’s': [
    withOutside(env => ({ spec: { ...env.spec, width: 3 } })),
    'spec: the layout has 2 numbers, but width is 3',
  ],
  'blocks with a gap between them': [
    withOutside(env => ({ spec: { ...env.spec, layout: [{ name: 'user', offset: 1, shape: [1] }] } })),
    'user begins at 1; it must begin where the block before ends, at 0',
  ],
  'a catalogue whose features do not fit': [
    withOutside(() => ({ items: { labels: ['a', 'b'], width: 2, features: new Float32Array(3) } })),
    'items.features has 3 numbers; 2 items of width 2 need 4',
  ],
  'a buffer that is too short': [withOutside(() => ({ rewards: new Float64Array(1) })), 'buffers: rewards has 1 numbers; 4 copies need 4'],
  'a wrong number of copies': [withOutside(() => ({ copies: 2 })), 'made with 4 copies it says it has 2'],
  'an observation that is not a number': [afterStep(env => env.observations.fill(Number.NaN, 1, 2)), 'number 1 of observations is NaN'],
  'an id outside its categories': [
    afterStep(env => env.observations.fill(3, 0, 1)),
    'number 0 of observations, in the block context, is 3; it must be an id from 0 to 2',
  ],
  'an infinite reward': [afterStep(env => env.rewards.fill(Infinity)), 'the reward is Infinity'],
  'an infinite bonus': [afterStep(env => env.bonuses.fill(-Infinity)), 'the bonus is -Infinity'],
  'a flag that is neither 0 nor 1': [afterStep(env => env.terminated.fill(2)), 'terminated is 2; it must be 0 or 1'],
  'both ends at once': [
    afterStep(env => {
      env.terminated.fill(1)
      env.truncated.fill(1)
    }),
    'both terminated and truncated are 1',
  ],
  'a horizon that is not kept': [
    withOutside(env => ({ spec: { ...env.spec, horizon: 3 } })),
    'truncated is 0 at step 3 of an episode; it must be 1 at the horizon, 3',
  ],
  'a click on a place that there is not': [afterStep(env => env.chosen.fill(1)), 'chosen is 1; it must be a place from 0 to 0, or -1'],
  'more events than there is room for': [withRules({ eventsPerStep: 0 }), 'there are 4 events, but room for 0; raise eventsPerStep'],
  'an event with a negative price': [afterStep(env => env.events.price.fill(-1)), 'event 0 has the price -1'],
  'an event of nobody': [afterStep(env => env.events.copy.fill(9)), 'event 0 is of copy 9; there are 4'],
  'an event of no kind': [afterStep(env => env.events.kind.fill(200)), 'event 0 has the kind 200'],
  'chance from outside': [withRules({ generator: () => noise }), 'draw'],
  'memory of the run before': [
    copies => {
      let runs = 0
      return withOutside(env => ({
        reset(seed, first) {
          env.reset(seed + runs++, first)
        },
      }))(copies)
    },
    'at first and after another reset with the same seed',
  ],
  'a stream that all copies share': [
    copies => {
      let shared = stream(0, 'shared')
      const generator = (seed: number, copy: number) => {
        if (copy === 3 || copies === 1) shared = stream(seed, 'shared')
        return shared
      }
      return withRules({ generator })(copies)
    },
    'give every copy a stream named after its number',
  ],
  'a buffer made anew in every step': [
    copies => {
      const env = withRules({})(copies)
      let rewards = env.rewards
      return {
        ...env,
        get rewards() {
          return rewards
        },
        step(actions: Int32Array) {
          env.step(actions)
          rewards = env.rewards.slice()
        },
      }
    },
    'a buffer was replaced by another array',
  ],
  'a step that changes the actions given': [
    withOutside(env => ({
      step(actions) {
        env.step(actions)
        actions.fill(0)
      },
    })),
    'step changes the actions given to it',
  ],
  'a snapshot without the stream': [
    withOutside((env, copies) => ({
      load(snapshot: Snapshot, into: readonly number[], future?: number) {
        env.load(snapshot, into, future ?? copies)
      },
    })),
    'the copy saved and the copy loaded differ',
  ],
  'an observation that is not restored': [
    withOutside(env => ({
      load(snapshot: Snapshot, into: readonly number[], future?: number) {
        env.load(snapshot, into, future)
        env.observations.fill(0)
      },
    })),
    'load must restore what is seen',
  ],
  'a future seed that is not used': [
    withOutside(env => {
      let times = 0
      return {
        load(snapshot: Snapshot, into: readonly number[], future?: number) {
          env.load(snapshot, into, future === undefined ? undefined : times++)
        },
      }
    }),
    'loaded twice with the same futureSeed, ',
  ],
  'a future seed that changes nothing': [
    withOutside(env => ({ load: (snapshot: Snapshot, into: readonly number[]) => env.load(snapshot, into) })),
    'whoever plans with it would foresee',
  ],
  'actions that are not checked': [
    withOutside(env => ({
      step: actions => env.step(actions.length < env.copies ? actions : actions.map(action => Math.abs(action) % 3)),
    })),
    'bad actions: an action too high is taken; it must throw a RangeError',
  ],
  'a refusal that comes too late': [
    withOutside(env => ({
      step(actions) {
        if (actions.some(action => action > 2)) env.step(actions.map(action => action % 3))
        env.step(actions)
        if (actions.some(action => action > 2)) throw new RangeError('too late')
      },
    })),
    'after an action too high was refused',
  ],
  'an error of the wrong kind': [
    withOutside(env => ({
      step(actions) {
        if (actions.some(action => action > 2)) throw new Error('oops')
        env.step(actions)
      },
    })),
    'an action too high throws Error: oops; it must throw a RangeError',
  ],
  'an oracle that says nothing of use': [
    copies => {
      const env = withRules({})(copies)
      setOracle(env, (_, out) => void out.fill(Number.NaN))
      return env
    },
    'oracle: an expected reward is NaN',
  ],
  'an oracle that moves the state': [
    copies => {
      const env = withRules({})(copies)
      setOracle(env, actions => env.step(actions))
      return env
    },
    'asking for the expected reward moves the state',
  ],
  'an oracle that expects something else': [
    withRules({ expected: () => 0.5 }),
    'it expects 0.5, but over 2000 futures the mean reward is 0.',
  ],
  'an oracle that reads another copy’s action': [
    withRules({ expected: (copy, { likes }, actions) => (actions[0] === likes[copy] ? 0.8 : 0.2) }),
    'expected must read its own copy',
  ],
  'a state outside what it declares': [
    withRules({
      step(copy, state, actions, at, generator, outcome) {
        state.likes[copy] = 3
        return good.step(copy, state, actions, at, generator, outcome)
      },
      observe(copy, { likes, steps }, row, offset) {
        row[offset] = likes[copy]! % 3
        row[offset + 1] = steps[copy]! / 7
      },
    }),
    "cannot be loaded as it was saved: the snapshot's likes is 3; it must be a whole number between 0 and 2",
  ],
  'an observation that runs into the next row': [
    withRules({
      observe(copy, state, row, offset, whole) {
        good.observe(copy, state, row, offset, whole)
        row[offset + 2] = 0.25
      },
    }),
    'changes number 0 of the observation of copy 1',
  ],
  'an event of an item that there is not': [
    withRules({ items: { labels: ['a', 'b'], width: 1, features: new Float32Array(2) } }),
    'is of item 2; the catalogue has 2',
  ],
}

test.each(Object.entries(broken))('it finds %s', (_, [make, message]) => {
  expect(() => checkEnv(make)).toThrow(message)
})

const mistyped: Readonly<Record<string, [rules: object, message: string]>> = {
  'a part that there is not': [{ hozizon: 4 }, 'broken has no option "hozizon"; its options are name, preset'],
  'a block that nobody looks for': [
    { layout: [{ name: 'usr', offset: 0, shape: [2] }] },
    'a block\'s name is "usr"; it must be one of user',
  ],
  'a rule that is missing': [{ begin: undefined }, 'broken: begin is undefined; it must be a function'],
  'a rule that is none': [{ who: 'me' }, 'broken: who is me; it must be a function, or left out'],
  'no name': [{ name: undefined }, 'name is undefined; it must be a text'],
}

test.each(Object.entries(mistyped))('a definition with %s is refused at once', (_, [rules, message]) => {
  expect(() => withRules(rules)(1)).toThrow(message)
})

test('a step that says neither true nor false is named', () => {
  const env = withRules({ step: (() => {}) as never })(1)
  env.reset(1)
  expect(() => env.step(Int32Array.of(0))).toThrow('broken: step gave undefined; it must give true where the visit is over, else false')
})

test('a run too short to say anything is refused', () => {
  expect(() => checkEnv(withRules({}), { steps: 5 })).toThrow('steps is 5; it must be a whole number of at least 20')
})

test('the small environments that agents are tested on pass', () => {
  for (const name of ['identity', 'cart-pole', 'probe-both']) {
    expect(checkEnv(copies => makeEnv(name, copies))).toContain('save and load')
  }
})
