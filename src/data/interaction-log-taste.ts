/**
 * Who the users of the corrected interaction log are, what the items are, and what each user thinks of each item. Ours, but for the columns'
 * distributions, which are the published ones (age, price and rating uniform, category, gender and location equally likely).
 *
 * Behind a column stands a standard normal number: age = 18 + 62 Φ(age standing), price = 10 + 990 Φ(dearness), rating = 1 + 4 Φ(star). Then
 *   leaning(user, category) = √.4 · (±1) · age standing + √.2 · place(location, category) + √.4 · own(user, category)
 *   taste(user, item) = √.4 · leaning + √.3 · latent(user)·latent(item) / √4 + √.2 · star + √.1 · age standing · dearness
 *   affinity(user, item) = popularity(item) · the appeal of that taste (interaction-log-appeal.ts), popularity ~ Power(.5)
 * where place, own and the four numbers of a latent vector are standard normal. So books and things for the home please older users, the other
 * categories younger ones; regions differ; well-rated items please everybody; dear ones please older users; a part is seen only in what
 * alike users do. Gender drives nothing. Every column has a stream of its own: more users do not change the items.
 */
import { cumulativeNormal } from '../random/cumulative-normal'
import { integer, normal, permutation } from '../random/draws'
import { stream } from '../random/generator'
import { drawSignup, firstDay, recordedDays, secondsADay } from './calendar'
import { appealOfTaste } from './interaction-log-appeal'
import type { Catalogue, LogSource, Users } from './tables'

/** The published categories, and whether older (1) or younger (-1) users lean to them. */
export const logCategories = [
  { name: 'electronics', age: -1 },
  { name: 'books', age: 1 },
  { name: 'clothing', age: -1 },
  { name: 'home', age: 1 },
  { name: 'sports', age: -1 },
] as const

export const logGenders = ['M', 'F', 'Other'] as const
export const logLocations = ['US', 'EU', 'Asia', 'Other'] as const

const latentWidth = 4
const categoryCount = logCategories.length

export interface LogPopulation {
  readonly users: Users
  readonly items: Catalogue
  /** [users]: 1 for those who sign up in the last weeks. */
  readonly late: Uint8Array
  /** [items]: Power(.5). */
  readonly popularity: Float64Array
  taste(user: number, item: number): number
}

export function logPopulation(source: LogSource): LogPopulation {
  const { seed, users: userCount, items: itemCount } = source
  const draw = (column: string) => stream(seed, 'interaction-log', 'tables', column)
  const normals = (column: string, count: number) => {
    const generator = draw(column)
    return Float64Array.from({ length: count }, () => normal(generator))
  }
  const codes = (column: string, count: number, n: number) => {
    const generator = draw(column)
    return Int32Array.from({ length: count }, () => integer(generator, n))
  }

  const ageStanding = normals('age', userCount)
  const location = codes('location', userCount, logLocations.length)
  const gender = codes('gender', userCount, logGenders.length)
  const place = normals('place', logLocations.length * categoryCount)
  const own = normals('own', userCount * categoryCount)
  const userLatent = normals('user latent', userCount * latentWidth)
  const late = new Uint8Array(userCount)
  for (const user of permutation(draw('late'), userCount).subarray(0, Math.floor(source.lateUsers * userCount))) late[user] = 1

  const category = codes('category', itemCount, categoryCount)
  const dearness = normals('dearness', itemCount)
  const star = normals('star', itemCount)
  const itemLatent = normals('item latent', itemCount * latentWidth)
  const chances = draw('popularity')
  const popularity = Float64Array.from({ length: itemCount }, () => chances.next() ** 2)

  const leaning = Float64Array.from(own, (mine, at) => {
    const [user, kind] = [Math.floor(at / categoryCount), at % categoryCount]
    const local = place[location[user]! * categoryCount + kind]!
    return Math.sqrt(0.4) * logCategories[kind]!.age * ageStanding[user]! + Math.sqrt(0.2) * local + Math.sqrt(0.4) * mine
  })
  const [leaningShare, latentShare, starShare, priceShare] = [0.4, 0.3 / latentWidth, 0.2, 0.1].map(Math.sqrt) as [
    number,
    number,
    number,
    number,
  ]

  return {
    users: {
      count: userCount,
      ids: names('user', userCount),
      age: Uint8Array.from(ageStanding, standing => Math.min(79, 18 + Math.floor(62 * cumulativeNormal(standing)))),
      gender: Array.from(gender, code => logGenders[code]!),
      location: Array.from(location, code => logLocations[code]!),
      signupDate: signups(draw('signup'), late),
      embeddings: new Float64Array(0),
    },
    items: {
      count: itemCount,
      ids: names('item', itemCount),
      titles: Array.from(category, (code, item) => `${capital(logCategories[code]!.name)} ${item}`),
      categories: Array.from(category, code => logCategories[code]!.name),
      price: dearness.map(standing => Number((10 + 990 * cumulativeNormal(standing)).toFixed(2))),
      rating: star.map(standing => Number((1 + 4 * cumulativeNormal(standing)).toFixed(1))),
      embeddings: new Float64Array(0),
    },
    late,
    popularity,
    taste(user, item) {
      let shared = 0
      for (let at = 0; at < latentWidth; at++) shared += userLatent[user * latentWidth + at]! * itemLatent[item * latentWidth + at]!
      return (
        leaningShare * leaning[user * categoryCount + category[item]!]! +
        latentShare * shared +
        starShare * star[item]! +
        priceShare * ageStanding[user]! * dearness[item]!
      )
    },
  }
}

/** [users, items]: how likely a user engages with an item that is shown, and the mean weight of that pair in the log. */
export function trueAffinity({ users, items, popularity, taste }: LogPopulation): Float32Array {
  const affinity = new Float32Array(users.count * items.count)
  for (let user = 0, at = 0; user < users.count; user++)
    for (let item = 0; item < items.count; item++, at++) affinity[at] = popularity[item]! * appealOfTaste(taste(user, item))
  return affinity
}

/** As in the candy store, but for late users: between 20 and 5 days before the records end, when the last fifth of the log is long begun. */
function signups(generator: Parameters<typeof drawSignup>[0], late: Uint8Array): Float64Array {
  return Float64Array.from(late, isLate =>
    isLate ? firstDay + (recordedDays - 20) * secondsADay + integer(generator, 15 * secondsADay) : drawSignup(generator),
  )
}

function names(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${kind}_${at}`)
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
