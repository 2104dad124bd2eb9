/** A folder for one test file, outside the checkout, gone at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoplab data '))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
