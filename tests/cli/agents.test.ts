import { expect, test } from 'vitest'
import { agentFacts, agentNames } from '../../src/agents/registry'
import { agents } from '../../src/cli/agents'
import { shopNames } from '../../src/envs/registry'
import { printed } from './printed'
import { shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()

test('agents lists every agent with what it does and the actions it can choose', async () => {
  const output = await printed(() => agents([], {}))
  for (const name of agentNames) {
    expect(output).toContain(`${name}: ${agentFacts[name]!.about}\n  actions  ${agentFacts[name]!.spaces.join(', ')}\n`)
  }
  expect(output).not.toContain('option ')
})

test('with a name it tells its options, defaults, what is allowed, and the shops that it serves', async () => {
  const output = await printed(() => agents(['double-dqn'], {}))
  expect(output).toMatch(/^double-dqn: /)
  expect(output).toMatch(/^ {2}shops +candy-store, marketplace, interaction-log, recogym, offers with --set env\.actions=flat$/m)
  expect(output).toMatch(/^option +default +allowed$/m)
  expect(output).toMatch(/^learningRate +0\.001 +a number above 0$/m)
  expect(output).toMatch(/^hiddenUnits +\[256,256,128\] +a list of whole numbers, each from 1 to 8192$/m)
  expect(output).toMatch(/^warmUp +– +a whole number of at least 1$/m)
  expect(output).toMatch(/^targetUpdate +"soft" +one of soft, hard$/m)
  expect(output).not.toContain('random:')
})

test('--json has all of them with every option, its default and what is allowed, spaces and shops', () => {
  const { code, output, errors } = shoplab(folder, ['agents', '--json'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  type Told = { name: string; options: Record<string, { default: unknown; allowed: string }>; spaces: string[]; shops: string[] }
  const told = JSON.parse(output) as Told[]
  expect(told.map(({ name }) => name)).toEqual(agentNames)
  for (const { name, options, spaces, shops } of told) {
    expect(Object.keys(options)).toEqual(Object.keys(agentFacts[name]!.fields()))
    // Each field says in words what it takes.
    for (const option of Object.values(options))
      expect(option).toEqual({ default: option.default, allowed: expect.stringMatching(/^(a|an|one|true|any) ?/) })
    expect(spaces.length).toBeGreaterThan(0)
    for (const shop of shops) expect(shopNames).toContain(shop.replace(/ with .*/, ''))
  }
  const of = (name: string) => told.find(one => one.name === name)!
  expect(of('random').shops).toEqual(shopNames)
  expect(of('double-dqn').options.discount).toEqual({ default: 0.95, allowed: 'a number from 0 to 1' })
})

test('a name that there is not is refused, with the one that was probably meant', async () => {
  await expect(agents(['dubble-dqn'], {})).rejects.toThrow(/^there is no agent 'dubble-dqn'; the agents are .*; did you mean double-dqn\?$/)
})
