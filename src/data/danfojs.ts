/**
 * danfojs, loaded on first use.
 *
 * It asks for TensorFlow's native library, which a table does not need: it is given the plain one, so that looking at data costs no
 * 300 MB, works where the native library is missing, and leaves the native one's settings to whoever loads it for networks.
 */
import { createRequire } from 'node:module'

export interface Danfojs {
  readonly DataFrame: new (columns: Record<string, unknown[]>) => unknown
  /** Two DataFrames as one, rows with equal keys side by side. It gathers the rows by key: the order of time is lost. */
  readonly merge: (options: { left: unknown; right: unknown; on: string[]; how: 'left' | 'right' | 'inner' | 'outer' }) => unknown
}

let loaded: Danfojs | undefined

/** The library; later calls get the same one. It is loaded with `require`, whose cache lets one library stand in for another. */
export function danfojs(): Danfojs {
  if (loaded) return loaded
  const require = createRequire(__filename)
  const asked = require.resolve('@tensorflow/tfjs-node')
  const before = require.cache[asked]
  const plain = '@tensorflow/tfjs'
  const tensorflow = require(plain) as { backend(): { firstUse?: boolean } }
  // The plain backend's first use would advise, over several lines, to install the library that is installed.
  const backend = tensorflow.backend()
  if (backend.firstUse) backend.firstUse = false
  require.cache[asked] = require.cache[require.resolve(plain)]
  try {
    const specifier = 'danfojs-node'
    loaded = require(specifier) as Danfojs
    return loaded
  } finally {
    if (before) require.cache[asked] = before
    else delete require.cache[asked]
  }
}
