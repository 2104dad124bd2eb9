import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder } from '../../src/data/data-folder'
import { checkFeedback } from '../../src/data/logged-feedback'
import { howToFetch, openBandit } from '../../src/data/open-bandit'
import { openBanditFiles } from '../../src/data/open-bandit-fetch'
import { importanceWeights, weightDiagnostics } from '../../src/evaluate/off-policy/importance-weights'
import { temporaryFolder } from './temporary'

const folder = temporaryFolder()
const header =
  ',timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1,user_feature_2,user_feature_3,user-item_affinity_0'
const rows = [
  '0,2019-11-24 00:00:01+00:00,3,3,0,0.25,b,x,p,s,0.0',
  '1,2019-11-24 00:00:02+00:00,0,1,1,0.5,a,x,q,s,0.0',
  '2,2019-11-24 00:00:03+00:00,33,2,0,1e-06,c,x,p,s,1.0',
]

/** Both logs of a campaign; that of random has a row. @returns the folder of the data */
function written(name: string, lines: readonly string[]): string {
  for (const [behaviour, of] of [
    ['bts', lines],
    ['random', ['0,2019-11-24 00:00:01+00:00,3,3,0,0.25,d,x,p,s,0.0']],
  ] as const) {
    mkdirSync(join(folder, name, behaviour, 'men'), { recursive: true })
    writeFileSync(join(folder, name, behaviour, 'men', 'men.csv'), [header, ...of, ''].join('\n'))
  }
  return join(folder, name)
}
const read = (name: string, lines: readonly string[]) => openBandit({ behaviour: 'bts', campaign: 'men', folder: written(name, lines) })

test('three rows become rounds: item, position from 0, click, propensity, and the categories but the first of each', () => {
  const log = read('three', rows)
  checkFeedback(log)
  expect(log).toEqual({
    rounds: 3,
    actions: 34,
    action: Int32Array.of(3, 0, 33),
    position: Int32Array.of(2, 0, 1),
    reward: Float64Array.of(0, 1, 0),
    propensity: Float64Array.of(0.25, 0.5, 1e-6),
    width: 4,
    contextNames: ['user_feature_0=b', 'user_feature_0=c', 'user_feature_0=d', 'user_feature_2=q'],
    contexts: Float64Array.of(1, 0, 0, 0, /**/ 0, 0, 0, 1, /**/ 0, 1, 0, 0),
  })
})

test('both logs of a campaign have the same contexts, whatever categories stand in which', () => {
  const log = openBandit({ behaviour: 'random', campaign: 'men', folder: written('both', rows) })
  expect(log.contextNames).toEqual(read('both', rows).contextNames)
  expect(log.contexts).toEqual(Float64Array.of(0, 0, 1, 0))
})

test.each([
  ['item', '0,t,34,1,0,0.5,a,x,p,s,0', 'line 3, column item_id: "34" is not a whole number between 0 and 33'],
  ['position', '0,t,3,0,0,0.5,a,x,p,s,0', 'line 3, column position: "0" is not a whole number between 1 and 3'],
  ['click', '0,t,3,1,2,0.5,a,x,p,s,0', 'line 3, column click: "2" is not a whole number between 0 and 1'],
  ['zero', '0,t,3,1,0,0.0,a,x,p,s,0', 'line 3, column propensity_score: "0.0" is not above 0'],
  ['above', '0,t,3,1,0,1.5,a,x,p,s,0', 'line 3, column propensity_score: "1.5" is not a number between 0 and 1'],
  ['nan', '0,t,3,1,0,nan,a,x,p,s,0', 'line 3, column propensity_score: "nan" is not a number'],
  ['user', '0,t,3,1,0,0.5,,x,p,s,0', 'line 3, column user_feature_0: "" is not a text'],
  ['cells', '0,t,3', 'line 3: 3 cells, but the header has 11 columns'],
])('a row with a wrong %s is refused with its line', (name, row, message) => {
  expect(() => read(name, [rows[0]!, row])).toThrow(message)
})

test('a log without rounds, and other words, are refused', () => {
  expect(() => read('empty', [])).toThrow('has a header and no rounds')
  expect(() => openBandit({ behaviour: 'thompson' as 'bts', campaign: 'men' })).toThrow(
    'behaviour is "thompson"; it must be one of random, bts',
  )
  expect(() => openBandit({ behaviour: 'bts', campaign: 'children' as 'men' })).toThrow(
    'campaign is "children"; it must be one of all, men, women',
  )
})

test('without the files the command is named', () => {
  const nowhere = join(folder, 'nowhere')
  expect(() => openBandit({ behaviour: 'random', campaign: 'all', folder: nowhere })).toThrow(
    `${nowhere}/random/all/all.csv does not exist; \`npx shoplab data --shop open-bandit --out ${nowhere}\` fetches the data`,
  )
  expect(howToFetch()).toBe('`npx shoplab data --shop open-bandit` fetches the data')
})

/** Each log is read once. */
const logs = new Map<string, ReturnType<typeof openBandit>>()
function sample(behaviour: 'random' | 'bts', campaign: 'men' | 'women') {
  const name = `${behaviour}/${campaign}`
  if (!logs.has(name)) logs.set(name, openBandit({ behaviour, campaign, folder: join(dataFolder(), 'open-bandit') }))
  return logs.get(name)!
}

const there = openBanditFiles.every(file => existsSync(join(dataFolder(), 'open-bandit', file)))
const onData = (name: string) => (there ? name : `${name} (skipped without the data: ${howToFetch()})`)

test.skipIf(!there)(onData('clicks and rounds of the sample'), () => {
  const clicks = (behaviour: 'random' | 'bts', campaign: 'men' | 'women') => {
    const { reward, position, rounds } = sample(behaviour, campaign)
    expect(rounds).toBe(10_000)
    const byPosition = [0, 0, 0]
    for (const [round, click] of reward.entries()) byPosition[position[round]!]! += click
    return byPosition
  }
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
  expect(clicks('random', 'men')).toEqual([10, 22, 14])
  expect(total(clicks('random', 'women'))).toBe(46)
  expect(total(clicks('bts', 'men'))).toBe(69)
  expect(total(clicks('bts', 'women'))).toBe(46)
})

test.skipIf(!there)(onData('the uniform policy judged from the logs of Thompson sampling'), () => {
  const judged = (campaign: 'men' | 'women') => {
    const log = sample('bts', campaign)
    const weights = importanceWeights(log, new Float64Array(log.rounds).fill(1 / log.actions))
    const earned = weights.reduce((sum, weight, round) => sum + weight * log.reward[round]!, 0)
    const { effectiveSampleSize, meanWeight } = weightDiagnostics(weights)
    return { weighted: earned / log.rounds, selfNormalised: earned / log.rounds / meanWeight, effectiveSampleSize }
  }
  const men = judged('men')
  expect(men.weighted).toBeCloseTo(0.003008626327, 12)
  expect(men.selfNormalised).toBeCloseTo(0.003189423162, 12)
  expect(men.effectiveSampleSize).toBeCloseTo(655.71, 2)
  expect(judged('women').effectiveSampleSize).toBeCloseTo(2.078, 3)
})
