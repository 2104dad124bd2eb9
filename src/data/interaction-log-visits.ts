/**
 * Who looks at which item when, in the corrected interaction log: a year of visits, each of four items on average (1 + geometric, at most 10),
 * half a minute to three minutes apart. Ours.
 *
 * A late user makes one visit, within a day of signing up; together they have at most their share of the rows, so that in a log of few rows
 * some do not come. All others make the rest, few often and most seldom (log-normal activity). As published, each item is looked at as
 * often as any other, whoever looks: the log is a fair sample, and says nothing by what it lacks.
 */
import { categorical, chance, cumulative, integer, normal } from '../random/draws'
import type { Generator } from '../random/generator'
import { drawVisit, secondsADay } from './calendar'

const longestVisit = 10
const goesOn = 0.78

export interface Looks {
  readonly user: Int32Array
  readonly item: Int32Array
  /** Unix seconds; rows are not yet in the order of time. */
  readonly timestamp: Float64Array
}

/**
 * @param signupDate [users]: Unix seconds
 * @param late       [users]: 1 for late users; not all may be
 * @param items      how many there are
 * @param count      rows wanted, exactly
 */
export function drawLooks(generator: Generator, signupDate: Float64Array, late: Uint8Array, items: number, count: number): Looks {
  const activity = cumulative(Array.from(late, isLate => (isLate ? 0 : Math.exp(0.8 * normal(generator)))))
  const looks: Looks = { user: new Int32Array(count), item: new Int32Array(count), timestamp: new Float64Array(count) }
  let row = 0
  const visit = (user: number, begin: number, rows: number) => {
    let now = begin
    for (let seen = 0; row < rows && seen < longestVisit; seen++, row++) {
      looks.user[row] = user
      looks.item[row] = integer(generator, items)
      looks.timestamp[row] = now
      now += 30 + integer(generator, 151)
      if (!chance(generator, goesOn)) seen = longestVisit
    }
  }
  const ofLate = Math.floor((count * late.reduce((sum, isLate) => sum + isLate, 0)) / late.length)
  for (let user = 0; user < late.length && row < ofLate; user++) {
    if (late[user]) visit(user, signupDate[user]! + integer(generator, secondsADay), ofLate)
  }
  while (row < count) {
    const user = categorical(generator, activity)
    visit(user, drawVisit(generator, signupDate[user]!), count)
  }
  return looks
}
