/** The categories of a catalogue by number, in the order of the alphabet. */

export interface Categories {
  readonly names: readonly string[]
  /** [items]: the number of each item's category. */
  readonly of: Int32Array
}

/** @param categories [items]: the category of each item, by name */
export function categoriesOf(categories: readonly string[]): Categories {
  const names = Array.from(new Set(categories)).sort()
  const codes = new Map(names.map((name, code) => [name, code]))
  return { names, of: Int32Array.from(categories, name => codes.get(name)!) }
}
