/** What `require` and `import` reach from a cell, and forgetting what was loaded so that edited sources load again. */
import { realpathSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname, extname, join, sep } from 'node:path'
import type { SideOutput } from 'tslab/dist/converter'

/** What Node's own Module has and its types leave out. */
interface Loaded {
  exports: unknown
  filename: string
  paths: string[]
  require: NodeJS.Require
  _compile(code: string, filename: string): unknown
}
const NodeModule = Module as unknown as { new (id: string): Loaded; _nodeModulePaths(folder: string): string[] }

/** Compiles CommonJS code as Node does a file, source map included, without a file. */
export function loadCode(code: string, filename: string, require?: NodeJS.Require): Loaded {
  const loaded = new NodeModule(filename)
  loaded.filename = filename
  loaded.paths = NodeModule._nodeModulePaths(dirname(filename))
  if (require) loaded.require = require
  loaded._compile(code, filename)
  return loaded
}

export class Modules {
  /** Files of the notebook's folder, and modules written in cells (`@module`), as tslab translated them. */
  private readonly outputs = new Map<string, string>()
  private readonly loaded = new Map<string, Loaded>()
  readonly require: NodeJS.Require

  constructor(
    folder: string,
    private readonly tslab: () => unknown,
  ) {
    this.require = this.wrap(createRequire(join(folder, 'cell.js')), folder)
  }

  update(outputs: readonly SideOutput[]): void {
    for (const { path, data } of outputs) {
      this.loaded.delete(path)
      this.outputs.set(path, data)
    }
  }

  private wrap(require: NodeJS.Require, folder: string): NodeJS.Require {
    const wrapped = (id: string) => {
      if (id === 'tslab') return this.tslab()
      return this.local(join(folder, extname(id) === '' ? `${id}.js` : id)) ?? require(id)
    }
    return Object.assign(wrapped, require)
  }

  private local(path: string): unknown {
    const known = this.loaded.get(path)
    if (known) return known.exports
    const code = this.outputs.get(path)
    if (code === undefined) return undefined
    const loaded = loadCode(code, path, this.wrap(createRequire(path), dirname(path)))
    this.loaded.set(path, loaded)
    return loaded.exports
  }

  /** The folder of the workspace package, undefined where the notebook cannot import it. */
  packageFolder(name: string): string | undefined {
    try {
      return realpathSync(dirname(this.require.resolve(`${name}/package.json`)))
    } catch {
      return undefined
    }
  }

  /** Forgets the loaded files of `folder`. */
  forget(folder: string): void {
    for (const path of Object.keys(this.require.cache)) {
      if (path.startsWith(folder + sep)) delete this.require.cache[path]
    }
  }
}
