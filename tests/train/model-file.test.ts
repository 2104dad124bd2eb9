import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeAgent } from '../../src/agents/registry'
import { generateTables } from '../../src/data/generate-tables'
import { generateInteractionLog } from '../../src/data/interaction-log'
import { generateBehaviour } from '../../src/data/offers-generate'
import { writeBehaviourWorkbook } from '../../src/data/offers-write-workbook'
import { writeTables } from '../../src/data/write-tables'
import { candyStore } from '../../src/envs/candy-store'
import { interactionLog } from '../../src/envs/interaction-log'
import { offers } from '../../src/envs/offers'
import { checkShopFiles, loadModel, saveModel } from '../../src/train/model-file'
import { readSafetensors, writeSafetensors } from '../../src/train/safetensors'
import { train } from '../../src/train/train'

const place = mkdtempSync(join(tmpdir(), 'shoplab model '))
afterAll(() => rmSync(place, { recursive: true }))

const env = candyStore(1, { users: 20, items: 15 })

async function saved(name: string, folder: string, options: object = {}) {
  const agent = await makeAgent(name, env, { seed: 1, ...options })
  const run = await train(agent, env, { episodes: 6, seed: 2 })
  saveModel(folder, agent, run)
  return { agent, run }
}

const smallNetwork = { hiddenUnits: [8, 4], batchSize: 8 }

describe('a model folder', () => {
  for (const name of ['double-dqn', 'lin-ucb', 'popularity', 'random']) {
    test(`holds what ${name} needs to act and score as before`, async () => {
      const folder = join(place, name)
      const { agent, run } = await saved(name, folder, name === 'double-dqn' ? smallNetwork : {})
      expect(readdirSync(folder).sort()).toEqual(['policy.json', 'weights.safetensors'])
      const { agent: again, policy } = await loadModel(folder)
      expect(policy).toMatchObject({
        agent: name,
        env: JSON.parse(JSON.stringify(env.spec)),
        run: { seed: 2, steps: 60, episodes: 6, updates: run.updates },
      })
      expect(policy.options).toEqual(agent.options)
      const observations = Float32Array.from({ length: 5 * 42 }, (_, at) => Math.sin(at))
      const results = [agent, again].map(one => {
        const [actions, scores] = [new Int32Array(5), new Float32Array(15)]
        one.act(observations, false, actions)
        one.scores(observations.subarray(0, 42), scores)
        return { actions, scores }
      })
      expect(results[1]).toEqual(results[0])
    })
  }

  test('a shop made of files is found again when model and files are moved together', async () => {
    const [before, after] = [join(place, 'before'), join(place, 'after')]
    writeTables(generateTables({ seed: 3, users: 20, items: 15, interactions: 40 }), join(before, 'data'))
    const shop = candyStore(1, { tables: join(before, 'data') })
    const agent = await makeAgent('random', shop, { seed: 1 })
    saveModel(join(before, 'runs', 'model'), agent, await train(agent, shop, { episodes: 2, seed: 2 }))
    renameSync(before, after)
    const { policy } = await loadModel(join(after, 'runs', 'model'))
    expect(policy.env.options.tables).toBe(join(after, 'data'))
    expect(candyStore(1, policy.env.options).firstObservation(7)).toEqual(shop.firstObservation(7))
  })

  test('the files of the shop are known again: changed or missing ones are named', async () => {
    const [shopFolder, folder] = [join(place, 'shop'), join(place, 'shop run')]
    const make = (seed: number) => writeTables(generateTables({ seed, users: 20, items: 15, interactions: 40 }), shopFolder)
    make(3)
    const shop = candyStore(1, { tables: shopFolder })
    const agent = await makeAgent('random', shop, { seed: 1 })
    saveModel(folder, agent, await train(agent, shop, { episodes: 2, seed: 2 }))
    const check = async () => checkShopFiles(folder, (await loadModel(folder)).policy)
    await check()
    appendFileSync(join(shopFolder, 'interactions.csv'), '\n') // no part of the shop
    await check()
    appendFileSync(join(shopFolder, 'items.csv'), '\n')
    rmSync(join(shopFolder, 'users.csv'))
    const error = await check().catch(reason => reason)
    expect(error.name).toBe('UserError')
    expect(error.message).toBe(
      `${folder} was trained with other files than those now in ${shopFolder}: users.csv is missing, items.csv has changed; train again, or make the files again as they were`,
    )
    make(3)
    await check()
    await saved('random', join(place, 'generated'))
    checkShopFiles('generated', (await loadModel(join(place, 'generated'))).policy)
  })

  test('a workbook, and a log with its interactions, are known again too', async () => {
    const check = async (folder: string) => checkShopFiles(folder, (await loadModel(folder)).policy)
    const workbook = join(place, 'month.xlsx')
    writeBehaviourWorkbook(generateBehaviour({ seed: 3, users: 20 }), workbook)
    const log = join(place, 'log')
    writeTables(generateInteractionLog({ seed: 3, users: 20, items: 15, interactions: 40 }), log)
    for (const [shop, changed] of [
      [offers(1, { tables: workbook }), workbook],
      [interactionLog(1, { tables: log }), join(log, 'interactions.csv')],
    ] as const) {
      const folder = join(place, `run of ${shop.spec.name}`)
      const agent = await makeAgent('random', shop, { seed: 1 })
      saveModel(folder, agent, await train(agent, shop, { episodes: 2, seed: 2 }))
      await check(folder)
      appendFileSync(changed, '\n')
      await expect(check(folder)).rejects.toThrow(`${basename(changed)} has changed`)
    }
  })

  test('the same training makes the same bytes', async () => {
    const bytes: string[][] = []
    for (const folder of ['one', 'two']) {
      await saved('double-dqn', join(place, folder), smallNetwork)
      bytes.push(readdirSync(join(place, folder)).map(file => readFileSync(join(place, folder, file), 'latin1')))
    }
    expect(bytes[1]).toEqual(bytes[0])
  })

  test('an older model is replaced, anything else is left alone', async () => {
    const folder = join(place, 'replaced')
    await saved('random', folder)
    await saved('popularity', folder)
    expect((await loadModel(folder)).policy.agent).toBe('popularity')
    expect(readdirSync(place).filter(name => name.startsWith('.'))).toEqual([])

    const other = join(place, 'photos')
    mkdirSync(other)
    writeFileSync(join(other, 'cat.jpg'), 'cat')
    await expect(saved('random', other)).rejects.toThrow('which saving a model would remove; choose another folder')
    expect(readdirSync(other)).toEqual(['cat.jpg'])
    const file = join(place, 'replaced', 'policy.json', 'below')
    await expect(saved('random', file)).rejects.toThrow('policy.json/below is no folder for a model')
    expect((await loadModel(folder)).policy.agent).toBe('popularity')
  })

  const damages: Record<string, { file: string; damage: (path: string) => void; says: string | RegExp }> = {
    'weights cut off': {
      file: 'weights.safetensors',
      damage: path => truncateSync(path, 300),
      says: 'it was cut off or altered (300 bytes of',
    },
    'a weight altered': {
      file: 'weights.safetensors',
      damage: path => {
        const bytes = readFileSync(path)
        bytes[bytes.length - 2]! ^= 1
        writeFileSync(path, bytes)
      },
      says: 'was cut off or altered',
    },
    'weights with more behind them': {
      file: 'weights.safetensors',
      damage: path => appendFileSync(path, 'x'),
      says: 'was cut off or altered',
    },
    'weights gone': { file: 'weights.safetensors', damage: path => rmSync(path), says: /weights\.safetensors cannot be read: ENOENT/ },
    'a policy cut off': { file: 'policy.json', damage: path => truncateSync(path, 100), says: 'policy.json is damaged: it is not JSON' },
    'a policy altered': {
      file: 'policy.json',
      damage: path => writeFileSync(path, readFileSync(path, 'utf8').replace('"dropout": 0.2', '"dropout": 0.3')),
      says: 'policy.json was altered',
    },
    'a policy of another version': {
      file: 'policy.json',
      damage: path => writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 2')),
      says: 'has version 2; this shoplab reads version 1',
    },
    'something else': { file: 'policy.json', damage: path => writeFileSync(path, '{}'), says: 'is not a policy of shoplab' },
    'no policy': { file: 'policy.json', damage: path => rmSync(path), says: 'there is no model in' },
  }
  for (const [what, { file, damage, says }] of Object.entries(damages)) {
    test(`${what}: refused in words for the user`, async () => {
      const folder = join(place, 'damaged')
      rmSync(folder, { recursive: true, force: true })
      await saved('double-dqn', folder, smallNetwork)
      damage(join(folder, file))
      const error = await loadModel(folder).catch(reason => reason)
      expect(error.name).toBe('UserError')
      expect(error.message).toMatch(says)
    })
  }
})

describe('the safetensors format', () => {
  const arrays = {
    'online.0.weight': { values: Float32Array.of(1.5, -2, 0, 3, 4, 5), shape: [2, 3] },
    terminated: { values: Uint8Array.of(1, 0, 255), shape: [3] },
    counts: { values: Float64Array.of(0.1), shape: [1] },
    actions: { values: Int32Array.of(-1, 2), shape: [2] },
    nothing: { values: new Float32Array(0), shape: [0, 4] },
  }

  test('what is written is read', () => {
    expect(readSafetensors(writeSafetensors(arrays), 'here')).toEqual(arrays)
    // As from a file: a view at an odd place of a larger buffer.
    const file = Buffer.concat([Buffer.from('odd'), writeSafetensors(arrays)]).subarray(3)
    expect(readSafetensors(file, 'here')).toEqual(arrays)
  })

  test('the header is laid out as the format says', () => {
    const file = writeSafetensors({ a: { values: Float32Array.of(1), shape: [1] } })
    const length = Number(new DataView(file.buffer).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    const text = new TextDecoder().decode(file.subarray(8, 8 + length))
    expect(text.trimEnd()).toBe('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}')
    expect([...file.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f])
  })

  test('damage of every kind is told, never read over', () => {
    const file = writeSafetensors(arrays)
    for (let length = 0; length < file.length; length++)
      expect(() => readSafetensors(file.subarray(0, length), 'here')).toThrow('here is damaged')
    const withHeader = (header: string, data: number) => {
      const text = Buffer.from(header)
      const head = Buffer.alloc(8)
      head.writeBigUInt64LE(BigInt(text.length))
      return Buffer.concat([head, text, Buffer.alloc(data)])
    }
    expect(() => readSafetensors(withHeader('{oops', 0), 'here')).toThrow('its header is not JSON')
    expect(() => readSafetensors(withHeader('{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}', 2), 'here')).toThrow('kind BF16')
    expect(() => readSafetensors(withHeader('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4), 'here')).toThrow(
      'bytes 0 to 4 of 4',
    )
    expect(() => readSafetensors(withHeader('{"a":1}', 0), 'here')).toThrow('here is damaged')
  })

  const python = join(__dirname, '../../.venv/bin/python')
  const able = existsSync(python) && runs(python, 'import safetensors.numpy')
  test.skipIf(!able)("Python's safetensors reads it", () => {
    const path = join(place, 'written.safetensors')
    writeFileSync(path, writeSafetensors(arrays))
    const script = [
      'import json, sys',
      'from safetensors.numpy import load_file',
      'arrays = load_file(sys.argv[1])',
      'print(json.dumps({name: [str(array.dtype), array.tolist()] for name, array in arrays.items()}))',
    ].join('\n')
    expect(JSON.parse(execFileSync(python, ['-c', script, path], { encoding: 'utf8' }))).toEqual({
      'online.0.weight': [
        'float32',
        [
          [1.5, -2, 0],
          [3, 4, 5],
        ],
      ],
      terminated: ['uint8', [1, 0, 255]],
      counts: ['float64', [0.1]],
      actions: ['int32', [-1, 2]],
      nothing: ['float32', []],
    })
  })
})

function runs(command: string, script: string): boolean {
  try {
    execFileSync(command, ['-c', script], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
