/** A panel under a fake kernel: press its buttons, read what its html says. */
import type { fakeKernel } from './fake-kernel'

export function panelOf(kernel: ReturnType<typeof fakeKernel>) {
  const html = () =>
    kernel.comms
      .filter(({ state }) => state._model_name === 'HTMLModel')
      .map(({ state }) => String(state.value))
      .join('\n')
  return {
    press(label: string): Promise<void> {
      const found = kernel.comms.find(({ state }) => state._model_name === 'ButtonModel' && state.description === label)
      if (!found) throw new Error(`there is no button '${label}'`)
      return found.receive({ method: 'custom', content: { event: 'click' } })
    },
    /** All html on the panel, as it stands. */
    html,
    /** What one reads: without the tags. */
    text: () =>
      html()
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' '),
    labels: () => kernel.comms.filter(({ state }) => state._model_name === 'ButtonModel').map(({ state }) => String(state.description)),
  }
}
