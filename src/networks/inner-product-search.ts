/**
 * Search by inner product, as recommenders with two towers serve: which rows v(i) of a table give the highest q · v(i) + b(i) for a query q.
 *
 * A row's last number is its bias b(i); a query's last number is not looked at, so that both have one width. Sums are in double precision and
 * the same to the last bit whatever stands beside them. All rows are looked at; the kernels (simd/assembly/search.ts) are fast enough for
 * some 100,000.
 */
import type { Block } from './simd/arena'
import { Blocks } from './simd/blocks'
import { type Engine, simdEngine } from './simd/engine'
import { Staging } from './simd/staging'

/** A table of zeros [rows, width]; the kernels load with the first one. @throws UserError when they are not built */
export async function innerProductSearch(rows: number, width: number): Promise<InnerProductSearch> {
  return new InnerProductSearch(rows, width, await simdEngine('simd'))
}

export class InnerProductSearch {
  private readonly blocks: Blocks
  private readonly rowsBlock: Block
  private readonly queries: Staging
  private readonly products: Staging
  private highest: Block | undefined
  private found: Block | undefined
  private among: Block | undefined

  constructor(
    readonly rows: number,
    readonly width: number,
    private readonly engine: Engine,
  ) {
    this.blocks = new Blocks(engine, this)
    this.rowsBlock = this.blocks.take(4 * rows * width)
    this.queries = new Staging(this.blocks)
    this.products = new Staging(this.blocks)
  }

  /** A table of the same size, of zeros. */
  another(): InnerProductSearch {
    return new InnerProductSearch(this.rows, this.width, this.engine)
  }

  /** The table itself [rows, width], to read and to write; ask for it anew each time, as it moves when memory grows. */
  get table(): Float32Array {
    return this.rowsBlock.floats.subarray(0, this.rows * this.width)
  }

  /**
   * The row of the highest product for each query, the first of equals.
   *
   * @param queries [many, width]
   * @param out     [many], overwritten
   * @param among   rows to choose from, of which the first of equals wins; all when left out
   */
  best(queries: Float32Array, many: number, out: Int32Array, among?: Int32Array): void {
    const { engine, width } = this
    const from = this.queries.bring('queries', queries, many * width)
    this.highest = this.room(this.highest, 8 * many)
    this.found = this.room(this.found, 4 * many)
    if (among) {
      this.among = this.room(this.among, 4 * among.length)
      this.among.ints.set(among)
    }
    const [chosen, count] = among ? [this.among!.address, among.length] : [0, this.rows]
    engine.kernels.bestProducts(from, many, this.rowsBlock.address, width, chosen, count, this.highest.address, this.found.address)
    const { ints } = this.found
    for (let query = 0; query < many; query++) out[query] = ints[query]!
  }

  /** The product with every row, rounded. query [width], out [rows] */
  all(query: Float32Array, out: Float32Array): void {
    const from = this.queries.bring('query', query, this.width)
    const to = this.products.room(this.rows)
    this.engine.kernels.allProducts(from, this.rowsBlock.address, this.width, this.rows, to)
    this.products.fetch(out, this.rows)
  }

  dispose(): void {
    this.blocks.giveAll()
  }

  private room(block: Block | undefined, bytes: number): Block {
    if (block && block.bytes >= bytes) return block
    if (block) this.blocks.give(block)
    return this.blocks.take(bytes)
  }
}
