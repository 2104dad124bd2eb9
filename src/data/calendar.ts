/** When people shop for candy, in UTC: hours and weekdays that the tables and the candy store's time features share. Ours. */
import { categorical, cumulative, integer } from '../random/draws'
import type { Generator } from '../random/generator'

/** By hour: asleep at night, a bump at lunch, most in the evening. */
export const hourWeights = [1, 0.6, 0.4, 0.3, 0.3, 0.5, 1, 2, 3, 3.5, 4, 5, 6, 5, 4, 4.5, 5.5, 6.5, 8, 9.5, 10, 8, 5, 2.5] as const

/** By weekday, Sunday first: sweets are bought for the weekend. */
export const weekdayWeights = [1.4, 0.8, 0.8, 0.85, 1, 1.4, 1.7] as const

export const secondsADay = 86_400

/** Midnight of 2022-01-01 UTC: the first day that interactions are recorded. */
export const firstDay = 1_640_995_200

/** Days of records: twelve months. */
export const recordedDays = 365

/** 0 = Sunday, of a Unix time in seconds; the epoch was a Thursday. */
export function weekdayOf(timestamp: number): number {
  return (Math.floor(timestamp / secondsADay) + 4) % 7
}

/** 0..23, of a Unix time in seconds. */
export function hourOf(timestamp: number): number {
  return Math.floor((timestamp % secondsADay) / 3600)
}

const hours = cumulative(hourWeights)
const weekdays = cumulative(weekdayWeights)
const busiest = Math.max(...weekdayWeights)

/** An hour of the day, 0..23. Takes one uniform. */
export function drawHour(generator: Generator): number {
  return categorical(generator, hours)
}

/** A weekday, 0 = Sunday. Takes one uniform. */
export function drawWeekday(generator: Generator): number {
  return categorical(generator, weekdays)
}

/** When somebody signed up: from half a year before the records until nine months into them, Unix seconds. Takes one uniform. */
export function drawSignup(generator: Generator): number {
  return firstDay - 180 * secondsADay + integer(generator, 450 * secondsADay)
}

/**
 * When a visit begins: on a recorded day after sign-up, weekends more often, by the hours above; Unix seconds.
 *
 * @param signup Unix seconds, at the latest three months before the records end
 */
export function drawVisit(generator: Generator, signup: number): number {
  const from = Math.max(0, Math.floor((signup - firstDay) / secondsADay) + 1)
  for (;;) {
    const day = firstDay + (from + integer(generator, recordedDays - from)) * secondsADay
    if (generator.next() * busiest >= weekdayWeights[weekdayOf(day)]!) continue
    return day + drawHour(generator) * 3600 + integer(generator, 3600)
  }
}
