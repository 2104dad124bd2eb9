/**
 * tslab's converter, mended from outside: source maps, imports at their price, `await` wherever it may stand, `{ name }` across cells.
 *
 * tslab checks and emits every source file an import reaches, and throws away what it finds in files outside the notebook's folder.
 * Here those files are left out from the start, so that importing a large workspace package costs its parsing only.
 */
import type { Converter } from 'tslab/dist/converter'
import { takeMap } from './source-maps'
import { type Translation, translate } from './translate'
import { fromTslab, type Node, replaceInTypeScript, ts } from './typescript'
import { isWithin, watchOnRequest } from './watching'

/** Set before a conversion: what the cell is called in stack frames. */
let cellName: string | undefined
let translation: Translation = { names: [], awaits: false }

function isCell(code: string): boolean {
  return takeMap(code).map?.sources[0]?.endsWith('__tslab__.ts') ?? false
}

const transpileModule: typeof ts.transpileModule = (code, options) => {
  const result = translate(code, isCell(code) ? cellName : undefined, options.compilerOptions ?? {})
  translation = result
  return { outputText: result.outputText }
}

let program: () => import('typescript').Program

/**
 * tslab writes `exports.robots` for a variable of an earlier cell, but overlooks `{ robots }`, whose name is a property's to the checker.
 * Here it becomes `{ robots: exports.robots }`, also where it is assigned to.
 */
const visitEachChild = ((node: Node, ...rest: [never, never]) => {
  if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, ...rest)
  const variable = program().getTypeChecker().getShorthandAssignmentValueSymbol(node)
  const earlier = variable?.declarations?.some(declaration => declaration.getSourceFile().fileName.endsWith('/__prev__.d.ts'))
  if (!earlier) return ts.visitEachChild(node, ...rest)
  const { factory } = ts
  const { name, objectAssignmentInitializer: otherwise } = ts.visitEachChild(node, ...rest)
  const value = factory.createPropertyAccessExpression(factory.createIdentifier('exports'), name.text)
  return factory.createPropertyAssignment(name.text, otherwise ? factory.createAssignment(value, otherwise) : value)
}) as typeof ts.visitEachChild

/** Of all packages of types only Node's is there unasked: TypeScript would read every one that is installed. */
const options = { inlineSourceMap: true, disableTopLevelAwait: false, types: ['node'] }

// biome-ignore lint/suspicious/noExplicitAny: two shapes of one overloaded function, passed on as they come
const createWatchCompilerHost = (...given: any[]): any => {
  const [roots, tslabOptions, ...rest] = given
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const host = (ts.createWatchCompilerHost as any)(roots, { ...tslabOptions, ...options }, ...rest)
  const folder = ts.sys.getCurrentDirectory()
  const create = host.createProgram
  host.createProgram = (...input: unknown[]) => {
    const builder: import('typescript').BuilderProgram = create(...input)
    program = () => builder.getProgram()
    const all = builder.getAllDependencies.bind(builder)
    builder.getAllDependencies = file =>
      all(file).filter(name => {
        const source = builder.getSourceFile(name)
        return source !== undefined && isWithin(folder, name) && !builder.getProgram().isSourceFileFromExternalLibrary(source)
      })
    return builder
  }
  return host
}

watchOnRequest()
replaceInTypeScript({ transpileModule, createWatchCompilerHost, visitEachChild })
const tslab: typeof import('tslab/dist/converter') = fromTslab('tslab/dist/converter.js')

/** Takes about a second: TypeScript reads its library and builds its first program. */
export function createConverter(): Converter {
  return tslab.createConverter({ isJS: false, isBrowser: false })
}

/** tslab's conversion of a cell, its output mapped to `name`. */
export function convertCell(converter: Converter, declarations: string, code: string, name: string) {
  cellName = name
  translation = { names: [], awaits: false }
  const converted = converter.convert(declarations, code)
  return { ...converted, ...translation }
}
