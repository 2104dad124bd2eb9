/** This kernel has no input: what asks for some is told so, instead of waiting for ever. */
import { Readable } from 'node:stream'

const message = 'a notebook of this kernel cannot ask for input: put the value into a variable of the cell, or use a widget'

export function refuseInput(): void {
  ;(globalThis as { prompt?: () => never }).prompt = () => {
    throw new Error(message)
  }
  let stdin: Readable | undefined
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    get: () =>
      (stdin ??= new Readable({
        read() {
          this.destroy(new Error(message))
        },
      })),
  })
}
