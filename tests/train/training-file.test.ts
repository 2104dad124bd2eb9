import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { agentNames } from '../../src/agents/registry'
import { parseTrainingFile, readTrainingFile } from '../../src/train/training-file'
import { checkPlan, trainingPlan } from '../../src/train/training-plan'

const configs = resolve(__dirname, '../../configs')
const files = readdirSync(configs).filter(file => file.endsWith('.yaml'))

describe('the files in configs/', () => {
  test.each(files)('%s can be trained: every agent fits the shop', async file => {
    const plan = trainingPlan(readTrainingFile(resolve(configs, file)), {})
    await checkPlan(plan)
    expect(plan.agents.length).toBeGreaterThan(0)
    expect(readFileSync(resolve(configs, 'README.md'), 'utf8')).toContain(`\`${file}\``)
  })
})

const small = 'env: { name: candy-store, options: { users: 9, items: 8 } }\n'

describe('a file', () => {
  test('says shop, agents, training and evaluation', () => {
    const file = parseTrainingFile(
      `${small}
models:
  - { name: first, type: lin-ucb, params: { alpha: 0.5 } }
  - type: random
training: { steps: 100, copies: 4, seeds: [3, 4] }
evaluation: { episodes: 50, every: 10, seed: 9 }
`,
      'a.yaml',
    )
    expect(file).toEqual({
      env: { name: 'candy-store', options: { users: 9, items: 8 } },
      agents: [
        { label: 'first', name: 'lin-ucb', options: { alpha: 0.5 } },
        { label: 'random', name: 'random', options: {} },
      ],
      training: { steps: 100, copies: 4, seeds: [3, 4] },
      evaluation: { episodes: 50, every: 10, seed: 9 },
      split: {},
    })
  })

  test('may name shop and agent alone, or nothing', () => {
    expect(parseTrainingFile('env: test-mdp\nagent: epsilon-greedy\ntraining: { seed: 5 }\n', 'a.yaml')).toMatchObject({
      env: { name: 'test-mdp', options: {} },
      agents: [{ label: 'epsilon-greedy', name: 'epsilon-greedy', options: {} }],
      training: { seeds: [5] },
    })
    expect(parseTrainingFile('description: nothing yet\n', 'a.yaml').agents).toEqual([])
  })

  test('may have underscores in names of agents, and the names that other projects give to options', () => {
    const params =
      '{ learning_rate: 0.1, discount_factor: 0.9, min_epsilon: 0.02, epsilon: 0.3, hidden_units: [8], buffer_size: 99, target_update_freq: 7 }'
    const { agents } = parseTrainingFile(
      `models: [{ type: double_dqn, params: ${params} }, { type: epsilon_greedy, params: { epsilon: 0.3 } }]`,
      'a.yaml',
    )
    expect(agents).toEqual([
      {
        label: 'double_dqn',
        name: 'double-dqn',
        options: {
          learningRate: 0.1,
          discount: 0.9,
          epsilonEnd: 0.02,
          epsilonStart: 0.3,
          hiddenUnits: [8],
          replayCapacity: 99,
          targetEvery: 7,
        },
      },
      { label: 'epsilon_greedy', name: 'epsilon-greedy', options: { epsilon: 0.3 } },
    ])
  })

  test('tells everything that is wrong with it at once, in the order of its lines', () => {
    const wrong = `env: candy-store
models:
  - name: a
    type: double-dqn
    params:
      learning_rate: fast
      hiddenUnits: [8, none]
  - name: a
    type: epsilon-gredy
  - type: random
    params: { sed: 1 }
  - { name: d }
trainig: 3
training: { episodes: 0, copies: 1.5, seed: 1, seeds: [1, 1] }
data: { test: 0.9, validation: 0.2 }
evaluation: { k: 10 }
`
    const agents = agentNames.join(', ')
    expect(() => parseTrainingFile(wrong, 'my.yaml')).toThrow(
      [
        'my.yaml:6: models[0].params.learning_rate is "fast"; it must be a number above 0',
        'my.yaml:7: models[0].params.hiddenUnits[1] is "none"; it must be a whole number from 1 to 8192',
        'my.yaml:8: models[1].name is "a", as one before is called; each needs a name of its own',
        `my.yaml:9: models[1].type is "epsilon-gredy"; it must be one of ${agents}; did you mean epsilon-greedy?`,
        'my.yaml:11: models[2].params.sed is not known; here may stand seed; did you mean seed?',
        `my.yaml:12: models[3].type is missing; it must be one of ${agents}`,
        'my.yaml:13: trainig is not known; here may stand description, env, agent, models, data, training, evaluation; did you mean training?',
        'my.yaml:14: training.episodes is 0; it must be a whole number of at least 1',
        'my.yaml:14: training.copies is 1.5; it must be a whole number from 1 to 100000',
        'my.yaml:14: training.seeds stands beside seed; keep one of them',
        'my.yaml:14: training.seeds has 1 twice; each seed is one training',
        'my.yaml:15: data has test 0.9 and validation 0.2; together they are at most 1',
        'my.yaml:16: evaluation.k ranks lists against the log of interaction-log; leave it out in other shops',
      ].join('\n'),
    )
  })

  test.each([
    ['- 3', 'a.yaml:1: the file is no list of keys and values; it begins with lines like env: candy-store'],
    ['env: {', 'a.yaml:1: '],
    ['env: candy', 'a.yaml:1: env is "candy"; it must be one of candy-store, '],
    ['env: { name: candy-store, options: { usrs: 3 } }', 'a.yaml:1: env does not fit: candy-store has no option "usrs"; '],
    ['env: { options: {} }', 'a.yaml:1: env.name is missing; it must be one of candy-store, '],
    ['agent: { name: lin-ucb, options: 3 }', 'a.yaml:1: agent.options is 3; it must be an object of options'],
    ['agent: lin-ucb\nmodels: [{ type: random }]', 'a.yaml:2: models stands beside agent; keep one of them'],
    ['models: []', 'a.yaml:1: models is []; it must be a list of { name, type, params }, at least one'],
    ['models: [3]', 'a.yaml:1: models[0] is 3; it must be an object with name, type, params'],
    ['data: { tables: shop }', 'a.yaml:1: data.tables needs env beside it, the shop whose tables they are'],
    ['training: { seeds: [] }', 'a.yaml:1: training.seeds is an empty list; name at least one'],
  ])('%j is refused in words', (text, message) => {
    expect(() => parseTrainingFile(text, 'a.yaml')).toThrow(message)
  })

  test('that is not there is named, with an example of one', () => {
    expect(() => readTrainingFile('no.yaml')).toThrow('no.yaml does not exist; configs/default.yaml is an example of a training file')
  })
})

describe('a plan', () => {
  const file = parseTrainingFile(
    `${small}models: [{ name: one, type: lin-ucb, params: { alpha: 2 } }, { name: two, type: random }]
training: { steps: 50, copies: 2, seeds: [1, 2] }
evaluation: { episodes: 7 }
`,
    'a.yaml',
  )

  test('is the file where nothing was typed', () => {
    expect(trainingPlan(file, {})).toEqual({
      env: file.env,
      agents: file.agents,
      seeds: [1, 2],
      steps: 50,
      copies: 2,
      evaluation: { episodes: 7, seed: 1_000_000 },
    })
  })

  test('has what was typed where something was', () => {
    const typed = { agent: 'one', agentOptions: { ridge: 3 }, envOptions: { users: 4 }, episodes: 9, copies: 1, seed: 7, evaluation: 3 }
    expect(trainingPlan(file, typed)).toEqual({
      env: { name: 'candy-store', options: { users: 4, items: 8 } },
      agents: [{ label: 'one', name: 'lin-ucb', options: { alpha: 2, ridge: 3 } }],
      seeds: [7],
      episodes: 9,
      copies: 1,
      evaluation: { episodes: 3, seed: 1_000_000 },
    })
  })

  test('takes the options of the file for an agent that is typed by its own name, and none for one that the file has not', () => {
    expect(trainingPlan(file, { agent: 'lin-ucb' }).agents).toEqual([{ label: 'one', name: 'lin-ucb', options: { alpha: 2 } }])
    expect(trainingPlan(file, { agent: 'popularity' }).agents).toEqual([{ label: 'popularity', name: 'popularity', options: {} }])
  })

  test('leaves out the options of a shop when another one is typed', () => {
    expect(trainingPlan(file, { env: 'marketplace' }).env).toEqual({ name: 'marketplace', options: {} })
  })

  test('refuses an option that is typed for several agents', () => {
    expect(() => trainingPlan(file, { agentOptions: { alpha: 1 } })).toThrow(
      '--set alpha is for one agent, but the file has one, two; choose one with --agent',
    )
  })

  test('is checked for every agent before anything is trained', async () => {
    const slates = parseTrainingFile('env: simshop\nmodels: [{ type: random }, { name: mine, type: double-dqn }]', 'a.yaml')
    await expect(checkPlan(trainingPlan(slates, {}))).rejects.toThrow(/^mine: double-dqn .* simshop has slate actions/)
  })
})
