/** A shop's tables as danfojs DataFrames, for looking at data in a notebook. danfojs is loaded on the first call. */
import { danfojs } from './danfojs'
import { dataFolder } from './data-folder'
import { readTables } from './read-tables'
import { interactionEvents, type ShopTables } from './tables'

/** What a notebook uses of a danfojs DataFrame; the object is danfojs's own, with all it can do (https://danfo.jsdata.org). */
export interface DataFrame {
  readonly shape: [number, number]
  readonly columns: string[]
  readonly values: unknown[][]
  head(rows?: number): DataFrame
  tail(rows?: number): DataFrame
  describe(): DataFrame
  column(name: string): {
    readonly values: unknown[]
    mean(): number
    std(): number
    valueCounts(): { readonly index: unknown[]; readonly values: number[] }
  }
  // biome-ignore lint/suspicious/noExplicitAny: danfojs's own types pull TensorFlow's into every notebook cell
  [member: string]: any
}

export interface DataFrames {
  readonly users: DataFrame
  readonly items: DataFrame
  readonly interactions: DataFrame
}

/**
 * The three files as DataFrames, columns as in the files.
 *
 * @param folder the nearest `data` at or above the working folder, when left out
 * @throws UserError for a missing or malformed file, as `readTables`
 */
export async function loadTables(folder: string = dataFolder()): Promise<DataFrames> {
  return toDataFrames(readTables(folder))
}

/** Tables in memory as DataFrames, without files between. */
export async function toDataFrames({ users, items, interactions, width }: ShopTables): Promise<DataFrames> {
  const Frame = danfojs().DataFrame as new (columns: Record<string, unknown[]>) => DataFrame
  return {
    users: new Frame({
      user_id: [...users.ids],
      age: Array.from(users.age),
      gender: [...users.gender],
      location: [...users.location],
      signup_date: Array.from(users.signupDate),
      ...embeddingColumns(users.embeddings, users.count, width),
    }),
    items: new Frame({
      item_id: [...items.ids],
      title: [...items.titles],
      category: [...items.categories],
      price: Array.from(items.price),
      rating: Array.from(items.rating),
      ...embeddingColumns(items.embeddings, items.count, width),
    }),
    interactions: new Frame({
      user_id: Array.from(interactions.user, row => users.ids[row]!),
      item_id: Array.from(interactions.item, row => items.ids[row]!),
      timestamp: Array.from(interactions.timestamp),
      weight: Array.from(interactions.weight),
      ...(interactions.event.length === interactions.count
        ? { event: Array.from(interactions.event, code => interactionEvents[code]!) }
        : {}),
    }),
  }
}

function embeddingColumns(embeddings: Float64Array, count: number, width: number): Record<string, number[]> {
  const column = (at: number) => Array.from({ length: count }, (_, row) => embeddings[row * width + at]!)
  return Object.fromEntries(Array.from({ length: width }, (_, at) => [`e${at}`, column(at)]))
}
