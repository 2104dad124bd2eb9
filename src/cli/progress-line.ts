/** What is being done now, in a line of a terminal's standard error that the next one replaces; nothing where nobody watches. */
export interface ProgressLine {
  show(text: string): void
  clear(): void
}

export function progressLine({ silent = false } = {}): ProgressLine {
  const output = process.stderr
  if (silent || !output.isTTY) return { show() {}, clear() {} }
  const clear = () => void output.write('\r\x1b[2K')
  return {
    show(text) {
      clear()
      output.write(text)
    },
    clear,
  }
}
