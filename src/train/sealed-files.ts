/** Files that notice damage: JSON that holds its own checksum, and a larger file beside it whose size and checksum that JSON names. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../data/user-error'

/** A larger file, as the JSON beside it knows it. */
export interface FileSeal {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

/** What every sealed JSON begins with. */
export interface Format {
  readonly format: string
  readonly version: number
}

export function sealOf(file: string, content: Uint8Array): FileSeal {
  return { file, bytes: content.length, sha256: sha256(content) }
}

/** The text of a JSON file that ends with the checksum of all the rest of it, as JSON without spaces. */
export function sealedText(content: Format): string {
  return `${JSON.stringify({ ...content, sha256: sha256(JSON.stringify(content)) }, null, 2)}\n`
}

/**
 * The content of a sealed JSON file.
 *
 * @param what what it should be, for messages: 'a policy'
 * @throws UserError when it cannot be read, is something else, of another version, or was cut off or altered
 */
export function readSealed<Content extends Format>(path: string, { format, version }: Format, what: string): Content {
  const text = new TextDecoder().decode(readBytes(path))
  let read: Content & { readonly sha256: string }
  try {
    read = JSON.parse(text)
  } catch {
    throw new UserError(`${path} is damaged: it is not JSON`)
  }
  if (read?.format !== format) throw new UserError(`${path} is not ${what} of shoplab`)
  if (read.version !== version) throw new UserError(`${path} has version ${read.version}; this shoplab reads version ${version}`)
  const { sha256: sum, ...content } = read
  if (sum !== sha256(JSON.stringify(content))) throw new UserError(`${path} was altered: its checksum does not fit`)
  return read
}

/** @throws UserError when the file in `folder` is not the one that was sealed */
export function readSealedFile(folder: string, seal: FileSeal): Uint8Array {
  const path = join(folder, seal.file)
  const bytes = readBytes(path)
  if (bytes.length === seal.bytes && sha256(bytes) === seal.sha256) return bytes
  throw new UserError(`${path} is not the file that was saved: it was cut off or altered (${bytes.length} bytes of ${seal.bytes})`)
}

/** What an error says, whatever was thrown. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${reason(error)}`)
  }
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}
