/** YAML files: what they hold, and in which line something stands, so that an error can name it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from './user-error'

/** What we use of the library `yaml`, which is loaded with the first file. */
interface Yaml {
  LineCounter: new () => Lines
  parseDocument(text: string, options: object): YamlDocument
}

interface Lines {
  linePos(offset: number): { readonly line: number }
}

interface YamlDocument {
  readonly errors: readonly { readonly message: string; readonly pos: readonly number[] }[]
  readonly contents: unknown
  toJS(): unknown
}

interface YamlNode {
  readonly range?: readonly number[] | null
  readonly items?: readonly (YamlNode & { readonly key?: YamlNode & { readonly value?: unknown }; readonly value?: YamlNode | null })[]
}

export interface YamlFile {
  /** As JavaScript has it: objects, lists, texts, numbers, true, false, null. */
  readonly content: unknown
  /** The line, from 1, of a path like `models.1.params`, or of the innermost part of it that the file has. */
  lineOf(path: string): number
}

/**
 * The text of a file.
 *
 * @param example a file of the kind, for whoever names one that is not there
 * @throws UserError when it cannot be read
 */
export function readTextFile(path: string, example: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UserError(code === 'ENOENT' ? `${path} does not exist; ${example}` : `${path}: ${message}`)
  }
}

/**
 * @param path how messages call the file
 * @throws UserError naming the line that is no YAML
 */
export function parseYaml(text: string, path: string): YamlFile {
  const { LineCounter, parseDocument } = yaml()
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors[0]
  if (broken) throw new UserError(`${path}:${lines.linePos(broken.pos[0]!).line}: ${broken.message}`)
  return { content: document.toJS(), lineOf: wanted => lineOf(document, lines, wanted) }
}

let loaded: Yaml | undefined

function yaml(): Yaml {
  const specifier = 'yaml'
  loaded ??= createRequire(typeof __filename === 'string' ? __filename : join(process.cwd(), 'package.json'))(specifier) as Yaml
  return loaded
}

function lineOf(document: YamlDocument, lines: Lines, path: string): number {
  let node = document.contents as YamlNode | null | undefined
  let line = 1
  let left = path
  while (left !== '' && node?.items) {
    // Names may have a point in them (env.noise): the longest key that the rest begins with.
    const pair = node.items.find(item => item.key && (left === String(item.key.value) || left.startsWith(`${String(item.key.value)}.`)))
    if (pair?.key) {
      line = lines.linePos(pair.key.range![0]!).line
      left = left.slice(String(pair.key.value).length + 1)
      node = pair.value
      continue
    }
    const item = node.items[Number(left.split('.')[0])]
    if (!item || item.key || !item.range) break
    line = lines.linePos(item.range[0]!).line
    left = left.split('.').slice(1).join('.')
    node = item
  }
  return line
}
