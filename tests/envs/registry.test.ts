import { expect, test } from 'vitest'
import { checkEnv } from '../../src/envs/check-env'
import { envFacts, envNames, makeEnv, shopNames } from '../../src/envs/registry'
import { actionWidth, randomActions } from '../../src/envs/spaces'
import { recordOf } from '../../src/envs/step-record'
import { stream } from '../../src/random/generator'

test('there are eight shops, and what agents are tested on', () => {
  expect(shopNames).toEqual([
    'candy-store',
    'marketplace',
    'simshop',
    'interaction-log',
    'offers',
    'recsim-interest-evolution',
    'recsim-long-term-satisfaction',
    'recogym',
  ])
  expect(envNames.slice(0, 8)).toEqual(shopNames)
  expect(envNames).toContain('test-mdp')
})

test.each(shopNames)('%s passes the test kit with its default options', name => {
  expect(checkEnv(copies => makeEnv(name, copies), { steps: 40 })).toContain('oracle')
})

const presets = envNames.flatMap(name => envFacts(name).presets.map(preset => [name, preset] as const))

test.each(presets)('%s, %s: name and options, written as JSON, make the same shop again', (name, preset) => {
  const given = ['default', 'classic'].includes(preset) ? {} : { preset }
  const env = makeEnv(name, 2, given)
  expect(env.spec).toMatchObject({ name, preset })
  const again = makeEnv(env.spec.name, 2, JSON.parse(JSON.stringify(env.spec.options)))
  expect(JSON.parse(JSON.stringify(again.spec))).toEqual(JSON.parse(JSON.stringify(env.spec)))
  const generator = stream(1, 'actions')
  const actions = new Int32Array(2 * actionWidth(env.spec.actions))
  for (const each of [env, again]) each.reset(4)
  for (let step = 0; step < 30; step++) {
    randomActions(env.spec.actions, generator, actions)
    env.step(actions)
    again.step(actions)
    for (const copy of [0, 1]) expect(recordOf(again, copy)).toEqual(recordOf(env, copy))
  }
})

test.each(shopNames)('%s refuses what does not exist, by name', name => {
  expect(() => makeEnv(name, 0)).toThrow('copies is 0; it must be a whole number between 1 and 100000')
  expect(() => makeEnv(name, 1, { presset: 'guide' })).toThrow(`${name} has no option "presset"`)
  expect(() => makeEnv(name, 1, { preset: 'gide' })).toThrow(/preset is "gide"; it must be one of|has no option "preset"/)
})

test.each(shopNames)('%s knows the numbers that it must not take', name => {
  for (const [option, value] of Object.entries(envFacts(name).options)) {
    if (typeof value === 'number') expect(() => makeEnv(name, 1, { [option]: Number.NaN }), option).toThrow(`${option} is NaN`)
  }
})

test('a shop that does not exist is answered with those that do', () => {
  expect(() => makeEnv('candyshop', 1)).toThrow('there is no shop "candyshop"; the shops are candy-store, marketplace')
})
