/** The row that a person means: an item or a shopper, by name or by row number. */
import { UserError } from './user-error'

/**
 * The row of an item, by title or by row number.
 *
 * @throws UserError when nothing is called so
 */
export function findItem(titles: readonly string[], item: string | number): number {
  const row = typeof item === 'number' ? item : titles.indexOf(item)
  if (Number.isInteger(row) && row >= 0 && row < titles.length) return row
  const last = titles.length - 1
  throw new UserError(
    `there is no item ${JSON.stringify(item)}; give a title, such as ${JSON.stringify(titles[0])}, or a row number from 0 to ${last}`,
  )
}

/**
 * The row of a shopper, by id (`user_42`) or by row number (42 or '42').
 *
 * @throws UserError when nobody has this id: the one thing here that people type
 */
export function findUser(ids: readonly string[], user: string | number): number {
  let row = typeof user === 'number' ? user : ids.indexOf(user)
  // From a command line a row number comes as text; an id that reads the same goes first.
  if (row === -1 && /^\d+$/.test(String(user))) row = Number(user)
  if (Number.isInteger(row) && row >= 0 && row < ids.length) return row
  const last = ids.length - 1
  throw new UserError(`there is no user ${JSON.stringify(user)}; ids run from ${ids[0]} to ${ids[last]}, row numbers from 0 to ${last}`)
}
