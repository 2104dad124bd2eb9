import { expect, test } from 'vitest'
import { shopNames } from '../../src/envs/registry'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()

test('envs lists every shop with its spaces, horizon, presets and source', () => {
  const { code, output, errors } = shoplab(folder, ['envs'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  for (const name of shopNames) expect(output).toMatch(new RegExp(`^${name}: \\w`, 'm'))
  for (const what of ['observation', 'action', 'horizon', 'presets', 'source']) {
    expect(output.match(new RegExp(`^ {2}${what} +\\S`, 'gm'))).toHaveLength(shopNames.length)
  }
  expect(output).toContain('Slate(50, 5)')
  expect(output).not.toContain('cart-pole')
})

test('envs --all --json has the small ones too, with every option', () => {
  const { code, output } = shoplab(folder, ['envs', '--all', '--json'])
  expect(code).toBe(0)
  const facts = JSON.parse(output) as { name: string; actions: unknown; options: object; layout: unknown[] }[]
  expect(facts.map(({ name }) => name)).toEqual(expect.arrayContaining([...shopNames, 'cart-pole', 'test-mdp']))
  expect(facts.find(({ name }) => name === 'candy-store')).toMatchObject({
    width: 42,
    actions: { kind: 'discrete', n: 100 },
    horizon: 10,
    presets: ['guide', 'published'],
    options: { endsSession: false },
  })
})

test('envs with names tells those alone, with their options and defaults', () => {
  const { code, output, errors } = shoplab(folder, ['envs', 'offers', 'test-mdp'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(output.match(/^[\w-]+: /gm)).toEqual(['offers: ', 'test-mdp: '])
  expect(output.match(/^ *option +default$/gm)).toHaveLength(2)
  expect(output).toMatch(/^ *marginShare +0\.4$/m)
  expect(output).toMatch(/^ *actions +"factored"$/m)
  expect(output).toMatch(/^ *tables +–$/m)
})

test('envs with a name and --json tells it alone, an option that has no default as null', () => {
  const { code, output } = shoplab(folder, ['envs', 'offers', '--json'])
  expect(code).toBe(0)
  const facts = JSON.parse(output)
  expect(facts).toMatchObject([{ name: 'offers', options: { marginShare: 0.4, tables: null } }])
})

test('envs with an unknown name is refused in a line', () => {
  expect(shoplab(folder, ['envs', 'offers', 'offer'])).toEqual({
    code: 1,
    output: '',
    errors: expect.stringMatching(/^shoplab: there is no shop "offer"; the shops are candy-store, .*\n$/),
  })
})
