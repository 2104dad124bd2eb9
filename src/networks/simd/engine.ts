/** Loads the kernels (assembly/, built by lab/setup/build-simd.mjs): once a thread for each arithmetic, with one memory for all its networks. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import v8 from 'node:v8'
import { UserError } from '../../data/user-error'
import { Arena, type GrowingMemory } from './arena'

/** 'simd' rounds every product and every sum; 'simd-relaxed' fuses them, which is faster and rounds differently. */
export const simdBackends = ['simd', 'simd-relaxed'] as const
export type SimdBackend = (typeof simdBackends)[number]

const forwardKernels = ['listRows', 'hiddenLayer', 'outputLayer', 'bestOutput', 'chosenOutput'] as const
const backwardKernels = [
  'turnLists',
  'chosenGradient',
  'clearColumns',
  'turnWeights',
  'inputGradient',
  'drawKept',
  'adam',
  'follow',
] as const
const normalisationKernels = ['foldStatistics', 'layerSums', 'normalise', 'activate'] as const
const denseKernels = [
  'matrixProduct',
  'addTurnedProduct',
  'turnMatrix',
  'padRows',
  'packRows',
  'addColumnSums',
  'applyActivation',
  'activationSlopes',
] as const
const searchKernels = ['bestProducts', 'allProducts'] as const
const silent = [...forwardKernels, ...backwardKernels, ...normalisationKernels, ...denseKernels, ...searchKernels] as const
/** Those that give a number back. */
const telling = ['columnSquares', 'weightGradient', 'normalisationGradient', 'sumOfSquares', 'firstFree'] as const

/** What assembly/ exports; its sources say what each does. Addresses and counts are whole numbers. */
export type Kernels = Readonly<
  Record<(typeof silent)[number], (...numbers: number[]) => void> & Record<(typeof telling)[number], (...numbers: number[]) => number>
>

export interface Engine {
  readonly backend: SimdBackend
  readonly kernels: Kernels
  readonly memory: GrowingMemory
  readonly arena: Arena
}

/** What is used of Node's WebAssembly, which the types of this language version leave out without a browser's. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Memory: new (options: { initial: number }) => GrowingMemory
    validate(bytes: Uint8Array): boolean
    instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: unknown } }>
  }
}

const engines = new Map<SimdBackend, Promise<Engine>>()

/**
 * The engine of this thread.
 *
 * @throws UserError when the kernels are not built, or this Node.js cannot run them
 */
export function simdEngine(backend: SimdBackend): Promise<Engine> {
  let engine = engines.get(backend)
  if (!engine) {
    engine = start(backend)
    engines.set(backend, engine)
    // A set-up that failed may be mended and tried again.
    engine.catch(() => engines.delete(backend))
  }
  return engine
}

/** Where the built kernels lie. */
export function kernelFile(backend: SimdBackend): string {
  return path.join(__dirname, '..', '..', '..', '.cache', 'simd', `${backend}.wasm`)
}

async function start(backend: SimdBackend): Promise<Engine> {
  const file = kernelFile(backend)
  const bytes = await readFile(file).catch(() => {
    throw new UserError(
      `the kernels of the network backend '${backend}' are not built: ${file} cannot be read. Run: node lab/setup/build-simd.mjs`,
    )
  })
  // Node 20 knows fused multiply-add, but only when asked.
  if (!webAssembly.validate(bytes)) v8.setFlagsFromString('--experimental-wasm-relaxed-simd')
  if (!webAssembly.validate(bytes)) {
    throw new UserError(`Node.js ${process.version} cannot run the network backend '${backend}'; use backend 'simd' or a newer Node.js`)
  }
  const memory = new webAssembly.Memory({ initial: 16 })
  const { instance } = await webAssembly.instantiate(bytes, { env: { memory } })
  const kernels = instance.exports as Kernels
  const missing = [...silent, ...telling].find(name => !(name in kernels))
  if (missing) {
    throw new UserError(
      `the kernels of the network backend '${backend}' in ${file} are older than their sources: they have no ${missing}. Run: node lab/setup/build-simd.mjs`,
    )
  }
  return { backend, kernels, memory, arena: new Arena(memory, kernels.firstFree()) }
}
