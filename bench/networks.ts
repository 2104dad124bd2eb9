/**
 * What networks cost, by backend: a Double DQN step and its parts, and one decision, on the guide's net 42-256-256-128-500.
 *
 * npx tsx bench/networks.ts [--quick] [BACKEND...]     pinned to one core: taskset -c 1 npx tsx bench/networks.ts
 *
 * A step is best(next) on the online net, valuesAt(next) on the target net, fit on the batch, follow; dropout .2, Huber loss, clip norm 1, as
 * the peer has them. The kernels skip units that are off, so a second table shows the worst case, all units on.
 */
import { Bench } from 'tinybench'
import type { Network, NetworkOptions, NetworkShape } from '../src/networks/network'
import { type SimdBackend, simdBackends } from '../src/networks/simd/engine'
import { simdNetwork } from '../src/networks/simd/network'
import { tfjsNetwork } from '../src/networks/tfjs'
import { stream } from '../src/random/generator'

const shape: NetworkShape = { inputs: 42, hidden: [256, 256, 128], outputs: 500 }
const options: NetworkOptions = { dropout: 0.2, loss: 'huber', clip: 'norm', clipLimit: 1, seed: 1 }
const quick = process.argv.includes('--quick')
const named = process.argv.slice(2).filter(word => !word.startsWith('-'))
const backends = named.length > 0 ? named : ['tfjs', ...simdBackends]
/** Different batches in turn, so that the network cannot settle on one. */
const BATCHES = 16

async function main(): Promise<void> {
  for (const [title, allOn] of [['units as they come', false] as const, ['all units on', true] as const]) {
    for (const backend of backends) {
      if (allOn && backend === 'tfjs') continue
      const make = () => (backend === 'tfjs' ? tfjsNetwork(shape, options) : simdNetwork(shape, options, backend as SimdBackend))
      const [online, target] = [await make(), await make()]
      for (const network of [online, target]) if (allOn) switchOn(network)
      console.log(`\n${online.backend}, ${title}: µs, median (least)`)
      for (const rows of [32, 64, 256]) await step(online, target, rows)
      for (const rows of [1, 64]) await decision(online, rows)
      for (const network of [online, target]) network.dispose()
    }
  }
}

async function step(online: Network, target: Network, rows: number): Promise<void> {
  const batches = Array.from({ length: BATCHES }, (_, at) => batch(rows, at))
  const best = new Int32Array(rows)
  const values = new Float32Array(rows)
  let turn = 0
  const next = () => batches[turn++ % BATCHES]!
  const start = online.save()
  const bench = newBench()
  const fit = () => {
    const { inputs, outputs, targets } = next()
    online.fit(inputs, outputs, targets, rows, 1e-4)
  }
  bench
    .add('step', () => {
      const { inputs, outputs, rewards, following, targets } = next()
      online.best(following, rows, best)
      target.valuesAt(following, best, rows, values)
      for (let row = 0; row < rows; row++) targets[row] = rewards[row]! + 0.95 * values[row]!
      online.fit(inputs, outputs, targets, rows, 1e-4)
      target.follow(online, 0.005)
    })
    .add('best', () => online.best(next().following, rows, best))
    .add('valuesAt', () => target.valuesAt(next().following, best, rows, values))
    .add('fit', fit)
    .add('follow', () => target.follow(online, 0.005))
  await report(`batch ${rows}`, bench)
  online.load(start)
  target.follow(online, 1)
}

async function decision(online: Network, rows: number): Promise<void> {
  const { inputs } = batch(rows, 0)
  const best = new Int32Array(rows)
  const values = new Float32Array(rows * shape.outputs)
  const bench = newBench()
  bench.add('best', () => online.best(inputs, rows, best)).add('values', () => online.values(inputs, rows, values))
  await report(`decision, ${rows}`, bench)
}

function newBench(): Bench {
  return new Bench({ time: quick ? 1 : 500, iterations: 3, warmupTime: quick ? 1 : 200, warmupIterations: 1 })
}

async function report(what: string, bench: Bench): Promise<void> {
  await bench.run()
  const cells = bench.tasks.map(({ name, result }) => {
    if (!('latency' in result)) throw new Error(`${name} did not run: ${'error' in result ? result.error.message : result.state}`)
    const { p50, min } = result.latency
    return `${name} ${(1000 * p50).toFixed(1)} (${(1000 * min).toFixed(1)})`
  })
  console.log(`  ${what.padEnd(14)} ${cells.join('   ')}`)
}

/** Standard normal observations and rewards, as the peer's. */
function batch(rows: number, turn: number) {
  const generator = stream(turn, 'bench')
  const normal = () => Math.sqrt(-2 * Math.log(1 - generator.next())) * Math.cos(2 * Math.PI * generator.next())
  const numbers = (length: number) => Float32Array.from({ length }, normal)
  return {
    inputs: numbers(rows * shape.inputs),
    following: numbers(rows * shape.inputs),
    outputs: Int32Array.from({ length: rows }, () => Math.floor(generator.next() * shape.outputs)),
    rewards: numbers(rows),
    targets: numbers(rows),
  }
}

/** Biases so large that no ReLU is ever off. */
function switchOn(network: Network): void {
  const state = network.save()
  network.load({ ...state, parameters: state.parameters.map(value => (value === 0 ? 100 : value / 50)) })
}

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
