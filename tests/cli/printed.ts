/** What a command's function prints, without a process of its own. */
import { vi } from 'vitest'

export async function printed(work: () => unknown): Promise<string> {
  let text = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    text += String(chunk)
    return true
  })
  try {
    await work()
  } finally {
    spy.mockRestore()
  }
  return text
}
