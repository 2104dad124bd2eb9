/** Cells: checked and translated by tslab's converter, run as functions over one object of variables. */
import { join } from 'node:path'
import type { Converter } from 'tslab/dist/converter'
import { convertCell, createConverter } from './converter'
import { TypeScriptError } from './errors'
import { shield } from './interrupts'
import { loadCode, Modules } from './modules'
import type { Task } from './outputs'
import type { Runner } from './runner'
import { withoutExports } from './translate'
import { fromTslab } from './typescript'
import { tellOfChanges } from './watching'

const workspacePackage = 'shoplab'
const cannotFindModule = 2307

type Body = (exports: object, require: NodeJS.Require) => unknown

const { getCodeMetadata }: typeof import('tslab/dist/metadata') = fromTslab('tslab/dist/metadata.js')

export class Cells {
  /** The variables of all cells. A plain object: a loop over one of them runs at the speed of a property. */
  private readonly variables: Record<string, unknown> = {}
  private declarations = ''
  private readonly folder = process.cwd()
  private readonly modules: Modules
  private current: Converter | undefined
  /** Kept, because Node forgets the source map of a module that is gone. */
  private readonly loaded: unknown[] = []
  /** What was run, by the name its stack frames bear. */
  readonly texts = new Map<string, string>()

  constructor(
    private readonly runner: Runner,
    tslab: () => unknown,
  ) {
    this.modules = new Modules(this.folder, tslab)
  }

  private get converter(): Converter {
    return (this.current ??= createConverter())
  }

  /** Builds the converter, so that the first cell need not. */
  warm(): void {
    shield(() => this.converter)
  }

  /**
   * Runs one cell and gives the value of its last expression, undefined where it has none.
   *
   * Throws what the cell throws, TypeScriptError where it does not compile, Interrupted where the user stopped it.
   */
  async run(code: string, name: string, task: Task): Promise<unknown> {
    this.texts.set(name, code)
    const metadata = getCodeMetadata(code)
    if (metadata.module) {
      const diagnostics = this.converter.addModule(metadata.module, code, metadata)
      if (diagnostics.length > 0) throw new TypeScriptError(name, diagnostics)
      return undefined
    }
    const converted = shield(() => this.convert(withoutExports(code), name))
    if (converted.diagnostics.length > 0) throw new TypeScriptError(name, converted.diagnostics)
    this.modules.update(converted.sideOutputs ?? [])
    if (converted.output) await this.execute(converted.output, name, task, converted.names)
    this.declarations = converted.declOutput ?? ''
    if (!converted.lastExpressionVar) return undefined
    const value = this.variables[converted.lastExpressionVar]
    this.variables[converted.lastExpressionVar] = undefined // not deleted: V8 would make a slow dictionary of the object
    return value
  }

  private convert(code: string, name: string) {
    tellOfChanges(this.folder)
    const converted = convertCell(this.converter, this.declarations, code, name)
    if (!converted.diagnostics.some(diagnostic => diagnostic.code === cannotFindModule)) return converted
    // Perhaps the file was written since: TypeScript remembers what it did not find, so it starts anew.
    this.current?.close()
    this.current = undefined
    return convertCell(this.converter, this.declarations, code, name)
  }

  private async execute(output: string, name: string, task: Task, names: readonly string[]): Promise<void> {
    const cell = loadCode(output, join(this.folder, name))
    this.loaded.push(cell)
    const before = { ...this.variables }
    try {
      await this.runner.run(task, () => (cell.exports as Body)(this.variables, this.modules.require))
    } catch (error) {
      // The cell's declarations do not count, so the earlier ones of the same names hold again, with their values.
      for (const declared of names) if (Object.hasOwn(before, declared)) this.variables[declared] = before[declared]
      throw error
    }
  }

  complete(code: string, position: number) {
    return shield(() => this.converter.complete(this.declarations, code, position))
  }

  inspect(code: string, position: number) {
    return shield(() => this.converter.inspect(this.declarations, code, position))
  }

  /** Forgets the loaded files of the workspace package, and what TypeScript knows of those that changed. */
  reload(): void {
    const folder = this.modules.packageFolder(workspacePackage)
    if (!folder)
      throw new Error(`reload() finds no package ${workspacePackage} from ${this.folder}: run \`npm start -- --check\` in the checkout`)
    this.modules.forget(folder)
    tellOfChanges(folder)
  }
}
