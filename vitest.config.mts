/** Quick tests by default; tests/learning (minutes) and tests/lab (browser, kernel) have projects of their own. */
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], extra = {}) => ({ test: { name, include, pool: 'forks' as const, ...extra } })

export default defineConfig({
  test: {
    // Left to itself, vitest keeps one of two cores free.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // Files share a process, so that the module is loaded once and not two hundred times.
      project('unit', ['tests/**/*.test.ts'], { exclude: ['tests/learning/**', 'tests/lab/**'], testTimeout: 30_000, isolate: false }),
      project('learning', ['tests/learning/**/*.test.ts'], { testTimeout: 3_600_000, hookTimeout: 3_600_000, fileParallelism: false }),
      project('lab', ['tests/lab/**/*.test.ts'], { testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false }),
    ],
  },
})
