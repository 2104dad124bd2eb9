/**
 * What one copy of a shop knows, declared: numbers of a kind, so many a copy, between two bounds.
 *
 * From the declaration come the typed arrays [copies, count], saving a copy, and the check of a saved one that may come from a file.
 */
import { checkNumber, checkWhole } from '../data/check'

export interface Column<Kind extends 'whole' | 'number' = 'whole' | 'number'> {
  readonly kind: Kind
  /** Numbers in one copy. */
  readonly count: number
  /** The bounds of each number, both allowed. */
  readonly low: number
  readonly high: number
}

export type Columns = Readonly<Record<string, Column>>

/** The arrays of a declaration: whole numbers in an Int32Array, others in a Float64Array, [copies, count] each. */
export type StateOf<Declared extends Columns> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Column<'whole'> ? Int32Array : Float64Array
}

/** Whole numbers of 32 bits: positions, counts, rows. */
export function wholes(count: number, low: number, high: number): Column<'whole'> {
  return { kind: 'whole', count, low, high }
}

/** Finite numbers. */
export function numbers(count: number, low = -Number.MAX_VALUE, high = Number.MAX_VALUE): Column<'number'> {
  return { kind: 'number', count, low, high }
}

/** All zeros. */
export function makeState<Declared extends Columns>(columns: Declared, copies: number): StateOf<Declared> {
  const arrays = Object.entries(columns).map(([name, { kind, count }]) => {
    return [name, kind === 'whole' ? new Int32Array(copies * count) : new Float64Array(copies * count)]
  })
  return Object.fromEntries(arrays) as StateOf<Declared>
}

/** Saved numbers by column; JSON can hold them. */
export type SavedState = Readonly<Record<string, readonly number[]>>

export function saveState<Declared extends Columns>(columns: Declared, state: StateOf<Declared>, copy: number): SavedState {
  return Object.fromEntries(
    Object.entries(columns).map(([name, { count }]) => [name, Array.from(state[name]!.subarray(copy * count, (copy + 1) * count))]),
  )
}

/**
 * Reads nothing but checks all: a snapshot may come from a shop of another size, or from a file.
 *
 * @throws RangeError naming what does not fit
 */
export function checkState(columns: Columns, saved: unknown): SavedState {
  const given = (saved ?? {}) as Record<string, unknown>
  for (const [name, { kind, count, low, high }] of Object.entries(columns)) {
    const list = given[name]
    if (!Array.isArray(list) || list.length !== count) {
      const found = Array.isArray(list) ? `has ${list.length}` : 'has none'
      throw new RangeError(`the snapshot's ${name} must have ${count} numbers; it ${found}. It comes from a shop with other options`)
    }
    const check = kind === 'whole' ? checkWhole : checkNumber
    for (const value of list) check(`the snapshot's ${name}`, value, low, high)
  }
  return given as SavedState
}

/** @param saved has passed `checkState` */
export function loadState<Declared extends Columns>(columns: Declared, saved: SavedState, state: StateOf<Declared>, copy: number): void {
  for (const [name, { count }] of Object.entries(columns)) state[name]!.set(saved[name]!, copy * count)
}
