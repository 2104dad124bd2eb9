/** The check of a shop's definition, so that a mistake is named where it was made and not by a wrong number later. */
import { checkKeys, checkWhole, checkWord } from '../data/check'
import type { Columns } from './copy-state'
import type { Block, Items, Space } from './env'

interface Checked {
  readonly name: string
  readonly layout: readonly Block[]
  readonly actions: Space
  readonly horizon: number
  readonly items?: Items
  readonly eventsPerStep?: number
  readonly state: Columns
  // Looked at as they come: a definition may be written in a cell, where a typing error goes through.
  readonly begin: unknown
  readonly observe: unknown
  readonly step: unknown
  readonly expected?: unknown
  readonly wrongInState?: unknown
  readonly who?: unknown
  readonly done?: unknown
  readonly label?: unknown
  readonly generator?: unknown
}

/** What a definition may have; the functions among them must be there, or may be. */
const required = ['begin', 'observe', 'step'] as const
const optional = ['expected', 'wrongInState', 'who', 'done', 'label', 'generator'] as const
const parts = ['name', 'preset', 'options', 'layout', 'actions', 'horizon', 'items', 'eventsPerStep', 'state', ...required, ...optional]

/** The blocks that agents look for. */
const blockNames = ['user', 'history', 'candidates', 'context'] as const

/**
 * @returns numbers in one observation row
 * @throws RangeError naming the part, its value and what is allowed
 */
export function checkEnvDefinition(definition: Checked): number {
  const { name, layout, actions, horizon, items, eventsPerStep, state } = definition
  if (typeof name !== 'string' || name === '')
    throw new RangeError(`name is ${JSON.stringify(name)}; it must be a text, under which the shop is known`)
  checkKeys(name, definition, parts)
  for (const part of [...required, ...optional]) {
    const needed = (required as readonly string[]).includes(part)
    if (typeof definition[part] === 'function' || (!needed && definition[part] === undefined)) continue
    throw new RangeError(`${name}: ${part} is ${String(definition[part])}; it must be a function${needed ? '' : ', or left out'}`)
  }
  checkWhole('horizon', horizon, 1, 1_000_000)
  checkWhole('eventsPerStep', eventsPerStep ?? 0, 0, 1_000_000)
  checkSpace(actions)
  if (items) {
    const expected = items.labels.length * items.width
    if (items.features.length !== expected)
      throw new RangeError(
        `items.features has ${items.features.length} numbers; ${items.labels.length} items of width ${items.width} need ${expected}`,
      )
  }
  if ('steps' in state) throw new RangeError('state declares steps, which the frame counts itself; choose another name')
  if ('generator' in state) throw new RangeError('state declares generator, which the frame keeps itself; choose another name')
  return widthOf(layout)
}

/** @throws RangeError for a space without actions or a slate longer than what it is chosen from */
export function checkSpace(space: Space): void {
  if (space.kind === 'discrete') checkWhole('actions.n', space.n, 1, 2 ** 31 - 1)
  else if (space.kind === 'multi-discrete') {
    if (space.sizes.length === 0) throw new RangeError('actions.sizes is empty; it must have a number for each part of an action')
    for (const [part, size] of space.sizes.entries()) checkWhole(`actions.sizes[${part}]`, size, 1, 2 ** 31 - 1)
  } else if (space.kind === 'slate') {
    checkWhole('actions.candidates', space.candidates, 1, 2 ** 31 - 1)
    checkWhole('actions.size', space.size, 1, Math.min(space.candidates, 256))
  } else {
    const { kind } = space as { kind: unknown }
    throw new RangeError(`actions.kind is ${JSON.stringify(kind)}; it must be one of discrete, multi-discrete, slate`)
  }
}

/** @throws RangeError when the blocks leave a gap or lie over each other */
export function widthOf(layout: readonly Block[]): number {
  if (layout.length === 0) throw new RangeError('layout is empty; an observation needs at least one block')
  let next = 0
  for (const { name, offset, shape, categories } of layout) {
    checkWord("a block's name", name, blockNames)
    if (offset !== next) throw new RangeError(`layout: ${name} begins at ${offset}; it must begin where the block before ends, at ${next}`)
    const size = shape.reduce((product, length) => product * length, 1)
    checkWhole(`the size of the layout's block ${name}`, size, 1, 2 ** 31 - 1)
    const columns = shape[shape.length - 1]!
    if (categories && categories.length !== columns)
      throw new RangeError(`layout: ${name} has ${categories.length} categories; it must have one for each of its ${columns} columns`)
    next += size
  }
  return next
}
