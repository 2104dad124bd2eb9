/** The Live Demo panel without a page: what its buttons do, and what they must not do at once. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { liveDemo } from '../../src/notebook/live-demo'
import { fakeKernel } from './fake-kernel'

let kernel: ReturnType<typeof fakeKernel>
beforeEach(() => {
  kernel = fakeKernel()
})
afterEach(() => kernel.remove())

const small = { users: 50, items: 10, interactions: 100 }
const button = (label: string) => kernel.comms.find(({ state }) => state._model_name === 'ButtonModel' && state.description === label)!
const press = (label: string) => button(label).receive({ method: 'custom', content: { event: 'click' } })
const shown = () =>
  kernel.comms
    .filter(({ state }) => state._model_name === 'HTMLModel')
    .map(({ state }) => state.value)
    .join('\n')

test('Train makes a shop where there is none, learns and measures; Recommend lists items', async () => {
  liveDemo({ ...small, episodes: 3 }).show()
  await press('Train')
  expect(shown()).toContain('Trained for 3 episodes.')
  expect(shown()).toContain('200 shoppers, no exploring')
  await press('Recommend')
  expect(shown()).toContain('For user 42')
})

test('while one button works the others cannot be pressed, and a press that came too late does nothing', async () => {
  liveDemo({ ...small, episodes: 30 }).show()
  const training = press('Train')
  expect(button('Initialise').sent.at(-1)).toMatchObject({ state: { disabled: true } })
  await press('Initialise')
  await training
  expect(shown()).toContain('Trained for 30 episodes.')
  expect(shown()).not.toContain('disposed')
  for (const label of ['Initialise', 'Train', 'Recommend']) expect(button(label).sent.at(-1)).toMatchObject({ state: { disabled: false } })
})

test('the signal of the press stops its training, also when the shop had to be made first', async () => {
  const { abort } = kernel
  liveDemo({ ...small, episodes: 10_000 }).show()
  const training = press('Train')
  // By the time the shop is made, the door may hold the signal of something else.
  const other = new AbortController()
  Object.assign(kernel.kernel, { signal: other.signal })
  abort.abort()
  await training
  expect(shown()).toContain('Trained for 0 episodes.')
}, 20_000)
