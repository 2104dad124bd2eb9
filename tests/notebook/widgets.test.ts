/** Widgets, as far as they can be tested without a page: states, messages, errors. The browser tests do the rest. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { button, dropdown, hbox, html, numberField, slider, vbox } from '../../src/notebook/widgets'
import { fakeKernel } from './fake-kernel'

let kernel: ReturnType<typeof fakeKernel>
beforeEach(() => {
  kernel = fakeKernel()
})
afterEach(() => kernel.remove())

test('a value that the page sets is echoed, kept and heard', async () => {
  const heard = vi.fn()
  const discount = slider({ label: 'Discount', min: 0, max: 1, value: 0.5, onChange: heard })
  const comm = kernel.comm('FloatSliderModel')
  await comm.receive({ method: 'update', state: { value: 0.75 } })
  expect(comm.sent).toEqual([{ method: 'echo_update', state: { value: 0.75 }, buffer_paths: [] }])
  expect(discount.value).toBe(0.75)
  expect(heard).toHaveBeenCalledWith(0.75)
})

test('a page that asks gets the whole state as it is now', async () => {
  const agent = dropdown({ label: 'Agent', options: ['random', 'Double DQN'] })
  agent.value = 'Double DQN'
  const comm = kernel.comm('DropdownModel')
  await comm.receive({ method: 'request_state' })
  expect(comm.sent.at(-1)).toMatchObject({ method: 'update', state: { index: 1, _view_name: 'DropdownView' } })
  expect(() => (agent.value = 'SARSA')).toThrow("it must be one of 'random', 'Double DQN'")
})

test('a slider over whole numbers is one of whole numbers', () => {
  slider({ label: 'Episodes', min: 0, max: 100, step: 10, value: 50 })
  expect(kernel.comm('IntSliderModel').state).toMatchObject({ readout_format: 'd', step: 10 })
  expect(() => slider({ label: 'Episodes', min: 0, max: 100, value: 500 })).toThrow('value is 500')
  expect(() => numberField({ label: 'Shopper', min: 5, max: 5, value: 5 })).toThrow('min must be the smaller')
})

test('a button cannot be pressed again until its work is done', async () => {
  let finish = () => {}
  const work = vi.fn(() => new Promise<void>(resolve => (finish = resolve)))
  const press = button({ label: 'Train', onClick: work })
  const comm = kernel.comm('ButtonModel')
  const first = comm.receive({ method: 'custom', content: { event: 'click' } })
  await comm.receive({ method: 'custom', content: { event: 'click' } })
  expect(work).toHaveBeenCalledTimes(1)
  expect(press.disabled).toBe(true)
  finish()
  await first
  expect(press.disabled).toBe(false)
})

test('an error of a listener deep in boxes is shown under them, as text', async () => {
  const fail = button({
    label: 'Fail',
    onClick: () => {
      throw new RangeError('no <item> 900')
    },
  })
  vbox([hbox([fail]), html('here')]).show()
  await kernel.comm('ButtonModel').receive({ method: 'custom', content: { event: 'click' } })
  const line = kernel.comms.filter(({ state }) => state._model_name === 'HTMLModel').at(-1)
  expect(line?.sent.at(-1)?.state?.value).toContain('RangeError: no &lt;item&gt; 900')
  expect(fail.disabled).toBe(false)
})

test('an error of a listener that is shown nowhere goes to the kernel', async () => {
  slider({ label: 'x', min: 0, max: 1, value: 0, onChange: () => Promise.reject(new Error('lost')) })
  await expect(kernel.comm('FloatSliderModel').receive({ method: 'update', state: { value: 1 } })).rejects.toThrow('lost')
})

test('what is shown has words for places without widgets', () => {
  vbox([slider({ label: 'Discount', min: 0, max: 1, value: 0 }), html('x')]).show()
  const [output] = kernel.displayed
  expect(output?.data).toHaveProperty(['application/vnd.jupyter.widget-view+json'])
  expect(output?.data['text/plain']).toBe('slider Discount (run the notebook to use them)')
})

test('outside a notebook a widget says where it belongs', () => {
  kernel.remove()
  expect(() => html('x')).toThrow('widgets live in a notebook')
})
