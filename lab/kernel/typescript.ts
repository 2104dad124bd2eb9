/** tslab's own TypeScript (5.0.4), with the few doors of it that the kernel uses, some of them internal to it. */
import { createRequire } from 'node:module'
import type * as TypeScript from 'typescript'

export interface Mapping {
  generatedLine: number
  generatedCharacter: number
  sourceIndex?: number
  sourceLine?: number
  sourceCharacter?: number
}

interface MappingWriter {
  addSource(name: string): number
  addMapping(generatedLine: number, generatedCharacter: number, source: number, line: number, character: number): void
  toJSON(): object
}

export type CompilerOptions = TypeScript.CompilerOptions
export type SourceFile = TypeScript.SourceFile
export type Node = TypeScript.Node
export type Watched = (path: string, event: number) => void

export type Compiler = typeof TypeScript & {
  decodeMappings(mappings: string): Iterator<Mapping>
  createSourceMapGenerator(
    host: { getCurrentDirectory(): string; getCanonicalFileName(name: string): string },
    file: string,
    sourceRoot: string,
    sourcesDirectory: string,
    options: object,
  ): MappingWriter
}

/** Requires as tslab does, so that this is its TypeScript and not the checkout's. */
export const fromTslab = createRequire(require.resolve('tslab/package.json'))
const path = fromTslab.resolve('@tslab/typescript-for-tslab')
export const ts: Compiler = fromTslab(path)

/** Puts functions in the place of TypeScript's, for tslab's files loaded after this: the module's own properties are read-only. */
export function replaceInTypeScript(replacements: Partial<Compiler>): void {
  const properties = Object.getOwnPropertyDescriptors(ts)
  for (const [name, value] of Object.entries(replacements)) Object.assign(properties, { [name]: { value, enumerable: true } })
  fromTslab.cache[path]!.exports = Object.defineProperties({}, properties)
}
