import { expect, test } from 'vitest'
import { allSessions, bySegment, bySession } from '../../src/metrics/group-sessions'

const sessions = { count: 3, number: Int32Array.of(2, 5, 9), segment: ['old', 'new', 'old'], length: Int32Array.of(1, 1, 1) }

test('one group, one for each segment as they first appear, or one for each session', () => {
  expect(allSessions({ sessions })).toEqual({ group: Int32Array.of(0, 0, 0), names: [{}] })
  expect(bySegment({ sessions })).toEqual({ group: Int32Array.of(0, 1, 0), names: [{ segment: 'old' }, { segment: 'new' }] })
  const { group, names } = bySession({ sessions })
  expect([...group]).toEqual([0, 1, 2])
  expect(names[1]).toEqual({ session: 5, segment: 'new' })
})
