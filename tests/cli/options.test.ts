import { expect, test } from 'vitest'
import { setting } from '../../src/cli/options'

test.each<[string, unknown]>([
  ['key=.5', 0.5],
  ['key=-.5', -0.5],
  ['key=+3', 3],
  ['key=true', true],
  ['key=corrected', 'corrected'],
  ['key=', ''],
  ['key=a=b', 'a=b'],
  ['key=[64,64]', [64, 64]],
  ['key=["a","b"]', ['a', 'b']],
  ['key=[[1,2],[3]]', [[1, 2], [3]]],
  ['key=[]', []],
  ['key={"a":1}', { a: 1 }],
  // No JSON: a list of words or numbers.
  ['key=[cheap_seeker,brand_lover]', ['cheap_seeker', 'brand_lover']],
  ['key=[ all ]', ['all']],
  ['key=[user_4, 7, .5]', ['user_4', 7, 0.5]],
  // Neither: text, as it stands.
  ['key=[a,,b]', '[a,,b]'],
  ['key=[[a],[b]]', '[[a],[b]]'],
  ['key=[a,b', '[a,b'],
])('%s is read', (text, value) => {
  expect(setting(text, { before: 1 })).toEqual({ before: 1, key: value })
})

test('a word that is no setting is told where it belongs', () => {
  const message =
    'It must be key=value, like horizon=20 or hiddenUnits=[64,64]; ' +
    "a word without = behind --set, such as a shop's name, belongs before it."
  for (const word of ['candy-store', '=3']) expect(() => setting(word)).toThrow(message)
})
