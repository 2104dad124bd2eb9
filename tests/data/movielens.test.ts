import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { interactionMatrix } from '../../src/data/interaction-matrix'
import { itemPopularity } from '../../src/data/item-popularity'
import { type MovieLensOptions, readMovieLens } from '../../src/data/movielens'
import { relevantItems, temporalSplit } from '../../src/data/temporal-split'
import { offlineRanking } from '../../src/evaluate/offline-ranking'
import { temporaryFolder } from './temporary'

const folder = temporaryFolder()

const movies = [
  'movieId,title,genres',
  '1,Toy Shop (1995),Animation|Comedy',
  '11,"American Baker, The (1995)",Comedy|Romance',
  '7,"The ""Best"" Cake",(no genres listed)',
  '40,2001: A Sweet Odyssey (1968) ,Sci-Fi',
]
const ratings = ['userId,movieId,rating,timestamp', '9,1,4.0,400', '9,7,3.5,100', '2,1,5.0,200', '2,40,0.5,300', '2,11,4.5,500']

/** Reads files that are made of these lines. */
function read(movieLines: readonly string[], ratingLines: readonly string[], options?: MovieLensOptions) {
  mkdirSync(join(folder, 'ml'), { recursive: true })
  writeFileSync(join(folder, 'ml', 'movies.csv'), `${movieLines.join('\n')}\n`)
  writeFileSync(join(folder, 'ml', 'ratings.csv'), `${ratingLines.join('\n')}\n`)
  return readMovieLens(join(folder, 'ml'), options)
}

test('titles with commas and quotes, years, genres and none', () => {
  expect(read(movies, ratings).items).toEqual({
    count: 4,
    ids: ['1', '11', '7', '40'],
    titles: ['Toy Shop (1995)', 'American Baker, The (1995)', 'The "Best" Cake', '2001: A Sweet Odyssey (1968) '],
    years: Int32Array.of(1995, 1995, 0, 1968),
    genres: [['Animation', 'Comedy'], ['Comedy', 'Romance'], [], ['Sci-Fi']],
    featureNames: ['Animation', 'Comedy', 'Romance', 'Sci-Fi'],
    width: 4,
    features: Float32Array.of(1, 1, 0, 0, /**/ 0, 1, 1, 0, /**/ 0, 0, 0, 0, /**/ 0, 0, 0, 1),
  })
})

test('ratings in the order of time; weights are stars / 5 from relevantFrom on', () => {
  const { users, interactions, stars } = read(movies, ratings)
  expect(users).toEqual({ count: 2, ids: ['9', '2'] })
  expect(interactions).toEqual({
    count: 5,
    user: Int32Array.of(0, 1, 1, 0, 1),
    item: Int32Array.of(2, 0, 3, 0, 1),
    timestamp: Float64Array.of(100, 200, 300, 400, 500),
    weight: Float64Array.of(0, 1, 0, 0.8, 0.9),
    event: new Uint8Array(0),
  })
  expect(stars).toEqual(Float64Array.of(3.5, 5, 0.5, 4, 4.5))
  expect([...read(movies, ratings, { relevantFrom: 3.5 }).interactions.weight]).toEqual([0.7, 1, 0, 0.8, 0.9])
  expect(() => read(movies, ratings, { relevantFrom: 6 })).toThrow('relevantFrom is 6; it must be a number between 0 and 5')
  expect(() => read(movies, ratings, { from: 4 } as never)).toThrow('readMovieLens has no option "from"')
})

test('the log goes through split, matrix and ranking', () => {
  const log = read(movies, ratings)
  const matrix = interactionMatrix(log)
  expect([matrix.rows, matrix.columns, matrix.stored, matrix.at(1, 0)]).toEqual([2, 4, 3, 1])

  const { train, test: later } = temporalSplit(log, { test: 0.4, validation: 0 })
  expect([...train.timestamp]).toEqual([100, 200, 300])
  const popularity = itemPopularity(train, log.items.count)
  expect([...popularity]).toEqual([1, 0, 0, 0])
  // Wanted later: user 9 the first movie, user 2 the second. The most popular first: a hit for one of two.
  const wanted = new Map(relevantItems(later, log.users.count).entries())
  const ranking = offlineRanking({ rank: () => [0, 2], relevant: wanted, k: 2, items: log.items, popularity })
  expect(ranking).toMatchObject({ users: 2, precision: 0.25, hitRate: 0.5, recall: 0.5, coverage: 0.5 })
})

test.each([
  ['a pair twice', movies, [...ratings, '2,1,3.0,600'], 'ratings.csv, line 7, column movieId: "1" is not new for the user 2'],
  ['a movie twice', [...movies, '7,Again,Drama'], ratings, 'movies.csv, line 6, column movieId: "7" is not new: line 4 has the same id'],
  ['an unknown movie', movies, [...ratings, '2,99,3.0,600'], 'ratings.csv, line 7, column movieId: "99" is not a movieId of'],
  ['too many stars', movies, [...ratings, '9,40,5.5,600'], 'ratings.csv, line 7, column rating: "5.5" is not a number between 0 and 5'],
  ['no stars', movies, [...ratings, '9,40,NaN,600'], 'ratings.csv, line 7, column rating: "NaN" is not a number'],
  ['a time in parts', movies, [...ratings, '9,40,5,600.5'], 'ratings.csv, line 7, column timestamp: "600.5" is not a whole number'],
  ['no user', movies, [...ratings, ',40,5,600'], 'ratings.csv, line 7, column userId: "" is not a text'],
  ['an empty genre', [...movies, '8,Cake,Drama||War'], ratings, 'movies.csv, line 6, column genres: "Drama||War" is not a list'],
  ['no title', [...movies, '8,,Drama'], ratings, 'movies.csv, line 6, column title: "" is not a text'],
  ['an open quote', [...movies, '8,"Cake,Drama'], ratings, 'movies.csv'],
  ['no ratings', movies, ratings.slice(0, 1), 'ratings.csv has a header and no ratings'],
  ['no movies', movies.slice(0, 1), ratings, 'movies.csv has a header and no movies'],
  ['other columns', movies, ['user,movie'], 'ratings.csv, line 1: the header has no column userId'],
])('%s is refused with file and line', (_, movieLines, ratingLines, message) => {
  expect(() => read(movieLines, ratingLines)).toThrow(message)
})

test('a folder without the files is named', () => {
  expect(() => readMovieLens(join(folder, 'nowhere'))).toThrow(
    /nowhere.movies\.csv does not exist; ratings\.csv and movies\.csv must stand in the folder/,
  )
})
