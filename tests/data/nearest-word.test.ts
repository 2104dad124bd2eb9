import { expect, test } from 'vitest'
import { didYouMean, nearestWord } from '../../src/data/nearest-word'

const words = ['lin-ucb', 'lin-ts', 'epsilon-greedy', 'double-dqn', 'learningRate', 'ridge', 'candy-store']

test.each([
  ['lin-ubc', 'lin-ucb'], // two letters swapped
  ['linucb', 'lin-ucb'], // hyphens do not count
  ['epsilon_gredy', 'epsilon-greedy'],
  ['LEARNING_RATE', 'learningRate'],
  ['rigde', 'ridge'],
  ['lin-ucbb', 'lin-ucb'],
  ['dqn', 'double-dqn'], // as a part of it
  ['candy', 'candy-store'],
])('%s means %s', (word, meant) => {
  expect(nearestWord(word, words)).toBe(meant)
})

test.each(['ppo', 'temperature', '', 'x'])('%j is near nothing', word => {
  expect(nearestWord(word, words)).toBeUndefined()
  expect(didYouMean(word, words)).toBe('')
})

test('of two as near the first, of several words each once', () => {
  expect(nearestWord('lin-txs', ['lin-tas', 'lin-tbs'])).toBe('lin-tas')
  expect(didYouMean(['rigde', 'ridgee', 'linucb', 'zzz'], words)).toBe('; did you mean ridge or lin-ucb?')
})
