/**
 * TensorFlow.js, loaded once and only when a network is first made: its native library (tfjs-node) when that loads, its WebAssembly
 * backend otherwise, which computes the same and is several times slower.
 *
 * SHOPLAB_TENSORFLOW=wasm in the environment chooses WebAssembly.
 */
import util from 'node:util'

/** What we use of a tensor. */
export interface Tensor {
  readonly shape: readonly number[]
  dataSync(): Float32Array
  dispose(): void
}

/** What we use of the library; kept small and our own, since the library's types take seconds to load. */
export interface TensorFlow {
  /** Of whole numbers when the values are an Int32Array. */
  tensor(values: Float32Array | Int32Array, shape: readonly number[]): Tensor
  add(a: Tensor, b: Tensor | number): Tensor
  sub(a: Tensor, b: Tensor): Tensor
  mul(a: Tensor, b: Tensor | number): Tensor
  square(a: Tensor): Tensor
  abs(a: Tensor): Tensor
  relu(a: Tensor): Tensor
  tanh(a: Tensor): Tensor
  minimum(a: Tensor, b: Tensor | number): Tensor
  rsqrt(a: Tensor): Tensor
  mean(a: Tensor, axis?: number): Tensor
  sum(a: Tensor, axis?: number): Tensor
  matMul(a: Tensor, b: Tensor): Tensor
  /** The rows of `a` that `indices` name. Its gradient is missing in the WebAssembly backend. */
  gather(a: Tensor, indices: Tensor): Tensor
  /** Over the last axis. */
  softmax(a: Tensor): Tensor
  logSoftmax(a: Tensor): Tensor
  readonly fused: { matMul(parts: { a: Tensor; b: Tensor; bias: Tensor; activation: 'linear' | 'relu' }): Tensor }
  valueAndGrads(f: (...inputs: Tensor[]) => Tensor): (inputs: readonly Tensor[]) => { value: Tensor; grads: Tensor[] }
  tidy<Result>(f: () => Result): Result
  memory(): { readonly numTensors: number }
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
}

export interface LoadedTensorFlow {
  readonly tf: TensorFlow
  readonly backend: 'tfjs-node' | 'tfjs-wasm'
}

let loading: Promise<LoadedTensorFlow> | undefined

/** The library, ready to compute. Later calls get the same one. */
export function tensorflow(): Promise<LoadedTensorFlow> {
  loading ??= load()
  return loading
}

async function load(): Promise<LoadedTensorFlow> {
  if (process.env.SHOPLAB_TENSORFLOW === 'wasm') return webAssembly()
  try {
    return await native()
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]
    console.warn(`TensorFlow's native library did not load; using its WebAssembly backend, which is 3 to 12 times slower (${reason})`)
    return webAssembly()
  }
}

async function native(): Promise<LoadedTensorFlow> {
  // One thread adds up in one order, so that results do not depend on the number of cores; networks this small gain nothing from more.
  process.env.TF_NUM_INTRAOP_THREADS ??= '1'
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  // tfjs-node calls two helpers that Node 23 took away.
  const helpers = util as unknown as Record<string, unknown>
  helpers.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  helpers.isArray ??= Array.isArray
  return { tf: await module<TensorFlow>('@tensorflow/tfjs-node'), backend: 'tfjs-node' }
}

async function webAssembly(): Promise<LoadedTensorFlow> {
  const tf = await module<TensorFlow>('@tensorflow/tfjs')
  await module('@tensorflow/tfjs-backend-wasm')
  await tf.setBackend('wasm')
  await tf.ready()
  return { tf, backend: 'tfjs-wasm' }
}

/** A CommonJS package as `require` would give it, whoever bundles or transpiles this file. */
async function module<Exports>(specifier: string): Promise<Exports> {
  const loaded = (await import(/* @vite-ignore */ specifier)) as { default?: Exports }
  return loaded.default ?? (loaded as Exports)
}
