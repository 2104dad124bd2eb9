/**
 * The safetensors file format (github.com/huggingface/safetensors): eight bytes with the length of a JSON header, little-endian, the header, and the arrays
 * one after another. Python's `safetensors` reads what this writes.
 */
import { UserError } from '../data/user-error'

type Values = Float32Array | Float64Array | Int32Array | Uint8Array

/** An array with its shape. */
export interface NamedArray {
  readonly values: Values
  readonly shape: readonly number[]
}

const kinds = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const
type Kind = keyof typeof kinds
const order = Object.keys(kinds) as Kind[]

interface Entry {
  readonly dtype: Kind
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** The bytes of a file holding these arrays; widest numbers first, so that each array starts at a multiple of its numbers' size. */
export function writeSafetensors(arrays: Readonly<Record<string, NamedArray>>): Uint8Array {
  const kindOf = ({ values }: NamedArray) => order.find(kind => values instanceof kinds[kind])!
  const named = order.flatMap(kind => Object.entries(arrays).filter(([, array]) => kindOf(array) === kind))
  let offset = 0
  const header: Record<string, Entry> = {}
  for (const [name, array] of named) {
    const end = offset + array.values.byteLength
    header[name] = { dtype: kindOf(array), shape: array.shape, data_offsets: [offset, end] }
    offset = end
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const padded = Math.ceil(text.length / 8) * 8
  const file = new Uint8Array(8 + padded + offset)
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true)
  file.fill(0x20, 8, 8 + padded)
  file.set(text, 8)
  for (const [name, { values }] of named) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 8 + padded + header[name]!.data_offsets[0])
  }
  return file
}

/**
 * The arrays of a file.
 *
 * @param path for messages alone
 * @throws UserError when the file is truncated, altered or holds what we do not use
 */
export function readSafetensors(file: Uint8Array, path: string): Record<string, NamedArray> {
  const broken = (why: string) => new UserError(`${path} is damaged: ${why}`)
  if (file.length < 8) throw broken(`it has ${file.length} bytes`)
  const length = Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true))
  if (!(length <= file.length - 8)) throw broken(`its header should have ${length} bytes, but ${file.length - 8} are left`)
  let header: Record<string, Entry>
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))
  } catch {
    throw broken('its header is not JSON')
  }
  const data = file.subarray(8 + length)
  const arrays: Record<string, NamedArray> = {}
  let covered = 0
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const [begin, end] = Array.isArray(entry?.data_offsets) ? entry.data_offsets : [Number.NaN, Number.NaN]
    const maker = Object.hasOwn(kinds, entry?.dtype) ? kinds[entry.dtype] : undefined
    if (!maker) throw broken(`${name} has numbers of kind ${entry?.dtype}; ${order.join(', ')} are known`)
    const count = Array.isArray(entry.shape) ? entry.shape.reduce((product, size) => product * size, 1) : Number.NaN
    if (!(begin >= 0 && end <= data.length && end - begin === count * maker.BYTES_PER_ELEMENT)) {
      throw broken(`${name} should lie at bytes ${begin} to ${end} of ${data.length}`)
    }
    arrays[name] = { values: new maker(new Uint8Array(data.subarray(begin, end)).buffer), shape: entry.shape }
    covered += end - begin
  }
  if (covered !== data.length) throw broken(`it has ${data.length} bytes of numbers, but its header tells of ${covered}`)
  return arrays
}
