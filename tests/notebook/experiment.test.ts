import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ExperimentOptions, experiment, type SeedRow } from '../../src/notebook/experiment'
import { fakeKernel } from './fake-kernel'
import { panelOf } from './panel'

const options = (more: Partial<ExperimentOptions<number>> = {}): ExperimentOptions<number> => ({
  title: 'Stars',
  question: 'What brings more stars?',
  choices: ['nothing does', 'more <exploring>'],
  setting: 'epsilon',
  values: [0, 0.1, 1],
  usual: 0.1,
  measures: [{ column: 'stars', title: 'Stars in ten tries' }],
  run: value => [1, 2, 3, 4, 5].map(seed => ({ seed, stars: 10 * value + seed })),
  ...more,
})

describe('an experiment as a panel', () => {
  let kernel: ReturnType<typeof fakeKernel>
  beforeEach(() => {
    kernel = fakeKernel()
  })
  afterEach(() => kernel.remove())

  const shown = (more: Partial<ExperimentOptions<number>> = {}) => {
    experiment(options(more)).panel().show()
    const comm = kernel.comm('IntSliderModel')
    const drag = (value: number) => comm.receive({ method: 'update', state: { value } })
    return { ...panelOf(kernel), slider: comm.state, drag }
  }

  test('shows the question and the choices, and nothing is run before a prediction', async () => {
    const run = vi.fn(options().run)
    const { text, labels, slider, drag } = shown({ run })
    expect(text()).toContain('What brings more stars?')
    expect(text()).toContain('B more &lt;exploring&gt;')
    expect(labels()).toEqual(['A', 'B'])
    expect(slider.disabled).toBe(true)
    await drag(2)
    expect(run).not.toHaveBeenCalled()
    expect(text()).not.toContain('95 % interval')
  })

  test('a prediction opens the slider and shows the usual value with its interval over the seeds', async () => {
    const { text, html, press, slider } = shown()
    await press('B')
    expect(slider.disabled).toBe(false)
    expect(text()).toContain('You predicted B : more')
    // 10 · 0.1 + the middle half of 1 to 5
    expect(text()).toMatch(/Stars in ten tries: 4 \(95 % interval [\d.]+ to [\d.]+, 5 seeds\)/)
    expect(html()).toContain('<svg')
    expect(text()).toContain('2 of 3 places not looked at yet')
  })

  test('wherever the slider is let go the experiment is run once and compared with the usual value, seed by seed', async () => {
    const run = vi.fn(options().run)
    const { text, press, drag, html } = shown({ run })
    await press('A')
    await drag(2)
    expect(text()).toContain('epsilon: 1')
    expect(text()).toContain('Stars in ten tries: 13 ')
    expect(text()).toContain('Stars in ten tries: +9 (+9 to +9), more')
    await drag(0)
    expect(text()).toContain('Stars in ten tries: −1 (−1 to −1), less')
    expect(text()).toContain('You have seen all places')
    await drag(2)
    expect(run.mock.calls.map(([value]) => value)).toEqual([0.1, 1, 0])
    // Three places with five seeds each.
    expect(html().match(/<circle/g)).toHaveLength(15)
  })

  test('a difference whose interval holds nought is called none', async () => {
    const { text, press, drag } = shown({
      run: value => [1, 2, 3, 4, 5, 6].map(seed => ({ seed, stars: value === 1 ? (seed % 2 ? seed - 1 : seed + 1) : seed })),
    })
    await press('A')
    await drag(2)
    expect(text()).toContain('no difference that these seeds can show')
  })

  test('the first prediction stands', async () => {
    const { text, press } = shown()
    await press('B')
    await press('A')
    expect(text()).toContain('You predicted B')
    expect(text()).toContain('It stands')
  })

  test('a slider that is moved on while a run is under way ends where it was let go last', async () => {
    const waiting: (() => void)[] = []
    const { text, press, drag } = shown({
      run: async value => {
        if (value !== 0.1) await new Promise<void>(resolve => waiting.push(resolve))
        return options().run(value)
      },
    })
    await press('A')
    const first = drag(2)
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    expect(text()).toContain('Trying epsilon 1')
    await drag(0)
    waiting[0]!()
    await vi.waitFor(() => expect(waiting).toHaveLength(2))
    waiting[1]!()
    await first
    expect(text()).toContain('epsilon: 0 ')
    expect(text()).toContain('Stars in ten tries: 3 ')
  })

  test('what a run throws is shown, and the panel goes on', async () => {
    let broken = true
    const { text, press, drag } = shown({
      run: value => {
        if (value === 1 && broken) throw new RangeError('no candy left')
        return options().run(value)
      },
    })
    await press('A')
    await drag(2)
    expect(text()).toContain('RangeError: no candy left')
    broken = false
    await drag(0)
    await drag(2)
    expect(text()).toContain('Stars in ten tries: 13 ')
  })
})

describe('the same experiment on paper', () => {
  test('the figure has every value, and says what it shows', async () => {
    const { layout, data } = await experiment(options()).figure()
    expect(layout.meta.description).toContain('0: 3 (')
    expect(layout.meta.description).toContain('1: 13 (')
    expect(data[1]).toMatchObject({ y: [3, 4, 13] })
  })

  test('differences are told line by line', async () => {
    expect(await experiment(options()).differences()).toBe(
      'Stars in ten tries, against epsilon 0.1 (mean difference, 95 % interval)\n' +
        '  0: −1 (−1 to −1), less\n' +
        '  1: +9 (+9 to +9), more',
    )
  })
})

test.each<[string, Partial<ExperimentOptions<number>>, string]>([
  ['one choice', { choices: ['yes'] }, 'choices has 1'],
  ['one value', { values: [0.1] }, 'values has 1'],
  ['values that read alike', { words: () => 'few' }, 'read alike'],
  ['a usual value that is none', { usual: 7 }, 'usual is 7'],
])('%s makes no experiment', (_, more, message) => {
  expect(() => experiment(options(more))).toThrow(message)
})

test('a run without rows is refused', async () => {
  await expect(experiment(options({ run: (): SeedRow[] => [] })).figure()).rejects.toThrow('gave no rows')
})
