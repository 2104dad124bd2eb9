import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { epsilonGreedy } from '../../../src/agents/epsilon-greedy'
import { bandit } from '../../../src/envs/classic/bandit'
import { judge } from '../../../src/notebook/check'
import { candyStoreExercises } from '../../../src/notebook/exercises/level-1'
import { levelOneAnswers } from './level-1-answers'

test('every exercise has answers here, and stands in the notebook and in its solutions', () => {
  expect(Object.keys(levelOneAnswers)).toEqual(Object.keys(candyStoreExercises))
  for (const file of ['notebooks/01-level-1-candy-store.ipynb', 'notebooks/solutions/01-level-1-candy-store.ipynb']) {
    const checked = [...fs.readFileSync(file, 'utf8').matchAll(/check\('([^']+)'/g)].map(([, name]) => name)
    expect(checked).toEqual(Object.keys(candyStoreExercises))
  }
})

describe.each(Object.entries(levelOneAnswers))('%s', (name, { right, wrong }) => {
  test('the empty answer is not answered', () => {
    expect(judge(name).verdict).toBe('not answered')
  })

  test.each(wrong)('%j is not yet right, with a hint of its own', (answer, hint) => {
    expect(judge(name, answer)).toEqual({ verdict: 'not yet', words: expect.stringContaining(hint) })
  })

  test.each(right.map(answer => [answer]))('%j is right', answer => {
    expect(judge(name, answer).verdict).toBe('right')
  })
})

/** What the robot of the notebook does with a diary like the one in the puzzle. */
function bestOf(diary: readonly string[]): number {
  const env = bandit(1, { chances: diary.map(() => 0) })
  const agent = epsilonGreedy(env.spec, { epsilon: 0, initialValue: 0.5 })
  diary.forEach((marks, candy) => {
    for (const mark of marks) {
      env.rewards[0] = mark === '★' ? 1 : 0
      agent.observe(env, env.observations, Int32Array.of(candy))
    }
  })
  const action = new Int32Array(1)
  agent.act(env.observations, false, action)
  return action[0]!
}

test('the agent itself answers the diary puzzle as the solution does, and falls for the lucky star of the last one', () => {
  const cells: { source: string[] }[] = JSON.parse(fs.readFileSync('notebooks/01-level-1-candy-store.ipynb', 'utf8')).cells
  const text = cells.map(({ source }) => source.join('')).join('\n')
  const diaries = [...text.matchAll(/^- ([a-z ]+): ([★○ ]+)$/gm)].map(([, candy, marks]) => [candy!, marks!.replace(/ /g, '')] as const)
  expect(diaries.map(([candy]) => candy)).toEqual(['lolly', 'gummy bear', 'mint', 'sour drop', 'lolly'])
  const marks = diaries.map(([, each]) => each)
  expect(bestOf(marks.slice(0, 3))).toBe(0)
  expect(bestOf(marks.slice(3))).toBe(0)
})
