import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shoplab as program } from '../../src/cli/main'
import { version } from '../../src/package.json'
import { bin, shoplab, temporaryFolder } from './shoplab'

const folder = temporaryFolder()

test('--help lists the commands, with an example', () => {
  const { code, output } = shoplab(folder, ['--help'])
  expect(code).toBe(0)
  for (const command of ['data', 'envs', 'agents', 'play', 'train', 'evaluate', 'recommend', 'notebooks', 'doctor'])
    expect(output).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  expect(output).toContain('Example:')
})

const commands = [
  'data',
  'envs',
  'agents',
  'play',
  'train',
  'evaluate',
  'sweep',
  'recommend',
  'notebooks run',
  'notebooks reproduce',
  'doctor',
]
test.each(commands)('%s --help has an example', command => {
  let help = ''
  const words = command.split(' ')
  const found = words.reduce((from, word) => from.commands.find(one => one.name() === word)!, program())
  found.configureOutput({ writeOut: text => (help += text) })
  found.outputHelp()
  expect(help).toContain(`Example:\n  $ npx shoplab ${command}`)
})

test('--version says the version', () => {
  expect(shoplab(folder, ['--version'])).toEqual({ code: 0, output: `${version}\n`, errors: '' })
})

test('a command or an option mistyped is answered with the one that was meant', () => {
  expect(shoplab(folder, ['trian'])).toMatchObject({ code: 2, errors: expect.stringContaining('Did you mean train?') })
  expect(shoplab(folder, ['train', '--epsiodes', '3'])).toMatchObject({
    code: 2,
    errors: expect.stringContaining('Did you mean --episodes?'),
  })
})

test('an output that is closed early is nobody’s error', () => {
  const script = `"${process.execPath}" "${bin}" data --json --out d | true; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout).toBe('0\n')
})
