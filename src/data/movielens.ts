/**
 * Ratings in MovieLens' format, for those who bring their own (Harper & Konstan 2015, The MovieLens Datasets; the files of ml-latest and
 * ml-25m):
 *
 *     ratings.csv   userId,movieId,rating,timestamp     one row for each user and movie, 0 to 5 stars, Unix time in seconds
 *     movies.csv    movieId,title,genres                "American President, The (1995)",Comedy|Drama|Romance
 *
 * What is read goes where a shop's tables go: `temporalSplit(log)`, `interactionMatrix(log)`, `relevantItems(log.interactions,
 * log.users.count)`, and, with the genres as features, `offlineRanking`. Ages, prices and other columns that a shop has are not in such
 * files and are not made up. A file is read whole into memory: a million ratings take seconds, many millions do not fit.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkKeys, checkNumber } from './check'
import { readSheet, type Sheet } from './csv'
import { inOrderOfTime } from './in-order-of-time'
import type { Interactions } from './tables'
import { UserError } from './user-error'

export interface MovieLensOptions {
  /** From how many stars on a rating says that the user wanted the movie, 0 to 5; 4. */
  readonly relevantFrom?: number
}

export interface MovieLens {
  /** Those who rated, in the order in which ratings.csv names them. */
  readonly users: { readonly count: number; readonly ids: readonly string[] }
  /** All of movies.csv, rated or not, in its order. */
  readonly items: {
    readonly count: number
    readonly ids: readonly string[]
    /** As they stand, with the year. */
    readonly titles: readonly string[]
    /** [count]: the year at the end of the title; 0 where there is none. */
    readonly years: Int32Array
    /** Of each; none for '(no genres listed)'. */
    readonly genres: readonly (readonly string[])[]
    /** [count, width]: 1 for each genre that a movie has, for measures of diversity and for content. */
    readonly features: Float32Array
    readonly width: number
    /** What each number of the features is, [width], in the order of the alphabet. */
    readonly featureNames: readonly string[]
  }
  /** In the order of time, without events. Weight: stars / 5 from `relevantFrom` on, else 0. */
  readonly interactions: Interactions
  /** Stars of each interaction, in the same order. */
  readonly stars: Float64Array
}

const noGenres = '(no genres listed)'
const mostStars = 5

/**
 * @param folder holds ratings.csv and movies.csv
 * @throws UserError naming file, line, column, value and what is allowed; RangeError for a bad option
 */
export function readMovieLens(folder: string, options: MovieLensOptions = {}): MovieLens {
  checkKeys('readMovieLens', options, ['relevantFrom'])
  const relevantFrom = checkNumber('relevantFrom', options.relevantFrom ?? 4, 0, mostStars)
  const [moviesFile, ratingsFile] = [join(folder, 'movies.csv'), join(folder, 'ratings.csv')]
  for (const file of [moviesFile, ratingsFile]) {
    if (!existsSync(file)) throw new UserError(`${file} does not exist; ratings.csv and movies.csv must stand in the folder`)
  }
  const movies = readSheet(moviesFile, ['movieId', 'title', 'genres'])
  const ratings = readSheet(ratingsFile, ['userId', 'movieId', 'rating', 'timestamp'])
  if (movies.rows === 0) throw new UserError(`${moviesFile} has a header and no movies; there must be at least one`)
  if (ratings.rows === 0) throw new UserError(`${ratingsFile} has a header and no ratings; there must be at least one`)

  const ids = movies.ids('movieId')
  const raters = ratings.texts('userId')
  const userIds = Array.from(new Set(raters))
  const user = Int32Array.from(raters, numbered(userIds))
  const item = ratings.codes('movieId', new Map(ids.map((id, row) => [id, row])), `a movieId of ${moviesFile}`)
  refuseTwice(ratings, user, item, ids.length)
  const timestamp = ratings.wholes('timestamp', 0, 1e11)
  // Stars go through the sorting in the place of weights.
  const rated = inOrderOfTime({ user, item, timestamp, weight: ratings.numbers('rating', 0, mostStars), event: new Uint8Array(0) })
  return {
    users: { count: userIds.length, ids: userIds },
    items: { count: ids.length, ids, ...described(movies) },
    interactions: { ...rated, weight: rated.weight.map(stars => (stars >= relevantFrom ? stars / mostStars : 0)) },
    stars: rated.weight,
  }
}

function described(movies: Sheet): Pick<MovieLens['items'], 'titles' | 'years' | 'genres' | 'features' | 'width' | 'featureNames'> {
  const titles = movies.texts('title')
  const genres = movies.texts('genres').map((text, row) => {
    const list = text === noGenres ? [] : text.split('|')
    if (list.includes('')) throw movies.wrong(row, 'genres', `a list such as Comedy|Drama, or ${noGenres}`)
    return list
  })
  const featureNames = Array.from(new Set(genres.flat())).sort()
  const width = featureNames.length
  const place = numbered(featureNames)
  const features = new Float32Array(titles.length * width)
  for (const [row, list] of genres.entries()) for (const genre of list) features[row * width + place(genre)] = 1
  const years = Int32Array.from(titles, title => Number(/\((\d{4})\)\s*$/.exec(title)?.[1] ?? 0))
  return { titles, years, genres, features, width, featureNames }
}

/** The place of each name in a list. */
function numbered(names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, at) => [name, at]))
  return name => places.get(name)!
}

function refuseTwice(ratings: Sheet, user: Int32Array, item: Int32Array, items: number): void {
  const met = new Set<number>()
  for (let row = 0; row < ratings.rows; row++) {
    const pair = user[row]! * items + item[row]!
    if (met.has(pair))
      throw ratings.wrong(row, 'movieId', `new for the user ${ratings.text(row, 'userId')}, who rated it before; each may be rated once`)
    met.add(pair)
  }
}
