/**
 * NumPy's RandomState against numbers published elsewhere: NumPy's own tests, and two notebooks of zr-obp (Open Bandit Pipeline). The numbers
 * stand in src/conformance/numpy*.ts, each with its source.
 */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { numpyFigures } from '../../src/conformance/numpy'
import { syntheticLogFigures } from '../../src/conformance/numpy-synthetic-log'
import { thompsonPriorFigures } from '../../src/conformance/numpy-thompson-prior'
import { numpyRandomState } from '../../src/random/numpy-random-state'
import { testFigures } from './test-figures'

testFigures([...numpyFigures, ...syntheticLogFigures, ...thompsonPriorFigures])

// numpy/random/tests/test_randomstate.py at 1f90bbb, TestRandint.test_repeatability: the SHA-256 of 1,000 whole numbers of 64 bits in [0, 6), seed 1234.
test('the hash of a thousand whole numbers', () => {
  const random = numpyRandomState(1234)
  const drawn = BigInt64Array.from(Array.from({ length: 1000 }, () => random.randint(0, 6)).map(BigInt))
  const digest = createHash('sha256').update(new Uint8Array(drawn.buffer)).digest('hex')
  expect(digest).toBe('0fbead0b06759df2cfb55e43148822d4a1ff953c7eb19a5b08445a63bb64fa9e')
})
