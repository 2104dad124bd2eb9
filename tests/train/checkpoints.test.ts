import { spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doubleDqn } from '../../src/agents/double-dqn'
import { makeAgent } from '../../src/agents/registry'
import { candyStore } from '../../src/envs/candy-store'
import { makeEnv } from '../../src/envs/registry'
import { train } from '../../src/train/train'
import { beginners, outcome } from './long-training'

const place = mkdtempSync(join(tmpdir(), 'shoplab checkpoints '))
afterAll(() => rmSync(place, { recursive: true }))
let made = 0
const newFolder = () => join(place, String(made++))

const evaluation = { env: candyStore(4, { users: 20, items: 15, exploration: true }), episodes: 5, seed: 9 }

describe('rung 11: resume', () => {
  // Before learning, in the midst of an episode, at the end of one, with a full replay.
  test.each([
    [1, [3, 55, 130, 420]],
    [4, [20, 128, 420]],
  ])('%i copies: a training stopped at any step goes on to the last bit', async (copies, stops) => {
    const whole = { steps: 600, evaluateEvery: 100, evaluation }
    const wanted = await outcome(copies, whole)
    expect(wanted.record.updates).toBeGreaterThan(150)
    const folder = newFolder()
    for (const steps of stops) await outcome(copies, { ...whole, steps, checkpoint: { folder, every: 50, resume: true } })
    expect(await outcome(copies, { ...whole, checkpoint: { folder, every: 50, resume: true } })).toEqual(wanted)
    // The end is a checkpoint as well.
    expect(await outcome(copies, { ...whole, checkpoint: { folder, every: 50, resume: true } })).toEqual(wanted)
  })

  test('an interrupt among the updates of one step loses nothing, and the record is closed', async () => {
    const copies = 64
    const wanted = await outcome(copies, { steps: 640 })
    const folder = newFolder()
    const checkpoint = { folder, every: 1_000_000, resume: true }
    let among = 0
    for (let interrupted = true; interrupted; ) {
      const { env, agent } = await beginners(copies)
      const stop = new AbortController()
      // Slower, so that pauses come among the 21 updates that a step brings.
      const update = agent.update.bind(agent)
      agent.update = () => {
        const until = performance.now() + 8
        while (performance.now() < until);
        return update()
      }
      const record = await train(agent, env, { steps: 640, seed: 4, signal: stop.signal, onProgress: () => stop.abort(), checkpoint })
      interrupted = record.interrupted
      const { returns, lengths, losses, epsilons } = record.curves
      expect(new Set([returns, lengths, losses, epsilons].map(curve => curve.length))).toEqual(new Set([record.episodes]))
      if (JSON.parse(readFileSync(join(folder, 'checkpoint.json'), 'utf8')).learning) among++
      agent.dispose()
    }
    expect(among).toBeGreaterThan(10)
    expect(await outcome(copies, { steps: 640, checkpoint: { folder, every: 100, resume: true } })).toEqual(wanted)
  })

  test('a training that was killed goes on from its last checkpoint', async () => {
    const folder = newFolder()
    const file = join(folder, 'checkpoint.json')
    const steps = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).steps : 0)
    const preload = resolve(__dirname, '../../lab/preload.cjs')
    const child = spawn(process.execPath, ['--require', preload, join(__dirname, 'long-training.ts'), folder], { stdio: 'inherit' })
    const ended = new Promise(resolve => child.on('close', (_, signal) => resolve(signal)))
    while (steps() < 500 && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 5))
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const reached = steps()
    expect(reached).toBeGreaterThanOrEqual(500)
    // What a kill in the midst of writing would leave.
    writeFileSync(`${file}.new`, '{"for')
    writeFileSync(join(folder, 'state-0123456789abcdef.safetensors.new'), 'half')
    writeFileSync(join(folder, 'state-0123456789abcdef.safetensors'), 'whole, but not named yet')
    const whole = { steps: reached + 333 }
    expect(await outcome(1, { ...whole, checkpoint: { folder, every: 70, resume: true } })).toEqual(await outcome(1, whole))
    expect(readdirSync(folder).filter(name => /\.new$|0123456789abcdef/.test(name))).toEqual([])
    expect(readdirSync(folder)).toHaveLength(2)
  })

  test.each(['random', 'popularity', 'lin-ucb'])('%s is resumed as well, on cart-pole', async name => {
    const once = async (stops: readonly number[]) => {
      const folder = newFolder()
      for (const steps of stops) {
        const env = makeEnv('cart-pole', 2)
        const agent = await makeAgent(name, env, { seed: 3 })
        const { timing: _, ...record } = await train(agent, env, { steps, seed: 5, checkpoint: { folder, every: 40, resume: true } })
        if (steps === 300) return { record, agent: agent.save() }
      }
    }
    expect(await once([75, 131, 300])).toEqual(await once([300]))
  })

  test('without `resume` a training begins anew and takes the place of the old checkpoint', async () => {
    const folder = newFolder()
    await outcome(1, { steps: 100, checkpoint: { folder, every: 10 } })
    const { record } = await outcome(1, { steps: 30, checkpoint: { folder, every: 10 } })
    expect(record.steps).toBe(30)
    expect((await outcome(1, { steps: 30, checkpoint: { folder, every: 10, resume: true } })).record).toEqual(record)
  })
})

describe('a checkpoint that does not fit', () => {
  const folder = newFolder()
  beforeAll(async () => {
    await outcome(1, { steps: 100, checkpoint: { folder, every: 100 } })
  })

  const state = (at: string) => join(at, readdirSync(at).find(name => name.startsWith('state'))!)
  const head = (at: string) => join(at, 'checkpoint.json')
  const damages: Record<string, [(at: string) => void, RegExp]> = {
    'numbers cut off': [at => truncateSync(state(at), 1000), /cut off or altered \(1000 bytes of/],
    'numbers with more behind them': [at => appendFileSync(state(at), 'x'), /cut off or altered/],
    'a number altered': [
      at => {
        const bytes = readFileSync(state(at))
        bytes[bytes.length - 9]! ^= 1
        writeFileSync(state(at), bytes)
      },
      /cut off or altered/,
    ],
    'numbers gone': [at => rmSync(state(at)), /cannot be read: ENOENT/],
    'the head cut off': [at => truncateSync(head(at), 200), /checkpoint\.json is damaged: it is not JSON/],
    'the head altered': [
      at => writeFileSync(head(at), readFileSync(head(at), 'utf8').replace('"steps": 100', '"steps": 200')),
      /checkpoint\.json was altered/,
    ],
    'something else': [at => writeFileSync(head(at), '{}'), /is not the checkpoint of a training/],
  }
  test.each(Object.keys(damages))('%s: refused in words for the user, the agent unchanged', async what => {
    const [damage, says] = damages[what]!
    const damaged = newFolder()
    cpSync(folder, damaged, { recursive: true })
    damage(damaged)
    const { env, agent } = await beginners()
    const untouched = agent.save()
    const error = await train(agent, env, { steps: 200, seed: 4, checkpoint: { folder: damaged, every: 10, resume: true } }).catch(
      reason => reason,
    )
    expect(error.name).toBe('UserError')
    expect(error.message).toMatch(says)
    expect(agent.save()).toEqual(untouched)
  })

  test('one of another agent, architecture, shop, seed or number of copies is refused, the agent unchanged', async () => {
    const { env, agent } = await beginners()
    const refused = async (what: { agent?: typeof agent; env?: typeof env; seed?: number }, says: string) => {
      const one = what.agent ?? agent
      const untouched = one.save()
      const checkpoint = { folder, every: 10, resume: true }
      const error = await train(one, what.env ?? env, { steps: 200, seed: what.seed ?? 4, checkpoint }).catch(reason => reason)
      expect(error.name).toBe('UserError')
      expect(error.message).toContain(says)
      expect(one.save()).toEqual(untouched)
    }
    const options = agent.options as object
    await refused({ agent: await makeAgent('random', env) }, 'holds another training: its agent is "double-dqn", this one\'s "random"')
    await refused(
      { agent: await doubleDqn(env.spec, { ...options, hiddenUnits: [17] }) },
      "its agent's hiddenUnits is [16], this one's [17]",
    )
    await refused({ agent: await doubleDqn(env.spec, { ...options, backend: 'simd' }) }, 'its agent\'s backend is "auto"')
    await refused({ env: candyStore(1, { users: 20, items: 15 }) }, "its shop's options are")
    await refused({ env: candyStore(2, { users: 20, items: 15, exploration: true }) }, "its copies are 1, this one's 2")
    await refused({ seed: 5 }, "its seed is 4, this one's 5")
  })

  test('a folder that holds something else is left alone', async () => {
    const other = newFolder()
    mkdirSync(other)
    writeFileSync(join(other, 'letter.txt'), 'dear')
    await expect(outcome(1, { steps: 10, checkpoint: { folder: other, every: 5 } })).rejects.toThrow('holds more than checkpoints')
    await expect(outcome(1, { steps: 10, checkpoint: { folder: join(other, 'letter.txt'), every: 5 } })).rejects.toThrow(
      'no checkpoints can be written',
    )
    expect(readdirSync(other)).toEqual(['letter.txt'])
    await expect(outcome(1, { steps: 10, checkpoint: { folder, every: 0 } })).rejects.toThrow('checkpoint.every is 0')
  })
})
