/** What holds for every shop, whatever is sold: each shop's test calls this with its maker and its variants. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkEnv } from '../../src/envs/check-env'
import { describe } from '../../src/envs/describe'
import type { Env } from '../../src/envs/env'

/**
 * @param variants the shop with different options; each is checked under several seeds
 * @param steps    steps of each run: enough for a few episodes
 */
export function shopProperties(variants: Readonly<Record<string, (copies: number) => Env>>, { steps = 60, runs = 8 } = {}): void {
  for (const [name, make] of Object.entries(variants)) {
    test(`${name}: passes the test kit under any seed`, () => {
      fc.assert(
        fc.property(fc.integer({ min: -1e9, max: 1e9 }), seed => {
          expect(checkEnv(make, { seed, steps })).toContain('save and load')
        }),
        { numRuns: runs },
      )
    })

    test(`${name}: tells who came and what happened in a line`, () => {
      const env = make(2)
      env.reset(5)
      expect(describe(env, 1)).toMatch(/: has come in$/)
    })
  }
}
