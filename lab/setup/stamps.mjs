/**
 * Stamps: small files that say what a set-up step was made from. A step writes its stamp last, so an interrupted step has none and is done again.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * SHA-256 of some texts and files, in order.
 *
 * @param {readonly (string | Buffer)[]} parts
 */
export function fingerprint(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex')
}

/**
 * @param {string} file
 * @returns {Record<string, unknown> | undefined} undefined where there is none, or it cannot be understood
 */
export function readStamp(file) {
  try {
    const stamp = JSON.parse(fs.readFileSync(file, 'utf8'))
    return stamp !== null && typeof stamp === 'object' ? stamp : undefined
  } catch {
    return undefined
  }
}

/**
 * Appears whole or not at all.
 *
 * @param {string} file
 * @param {Record<string, unknown>} stamp
 */
export function writeStamp(file, stamp) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const partial = `${file}.${process.pid}.tmp`
  fs.writeFileSync(partial, `${JSON.stringify(stamp, null, 2)}\n`)
  fs.renameSync(partial, file)
}
