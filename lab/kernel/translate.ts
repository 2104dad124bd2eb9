/**
 * The last step from a cell to what runs: tslab's output, an ES module, becomes a function body that keeps its variables in `exports`.
 *
 * `exports` is a plain object. tslab's own is a proxy, because imports are exported by defineProperty; here they become plain
 * assignments, and an assignment costs nanoseconds instead of a microsecond. Variables declared by `let` live in `exports` alone,
 * so that functions of earlier cells see what later cells assign.
 */
import { takeMap, withComposedMap } from './source-maps'
import { type Node, type SourceFile, ts } from './typescript'

/** What the translation of a cell found on its way. */
export interface Translation {
  /** Names that the cell declares for later cells. */
  readonly names: readonly string[]
  readonly awaits: boolean
}

const exportKeyword = 'export '

function exportLists(file: SourceFile) {
  return file.statements.filter(ts.isExportDeclaration).filter(statement => !statement.moduleSpecifier)
}

function exportedNames(file: SourceFile): string[] {
  return exportLists(file).flatMap(({ exportClause }) =>
    exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(element => element.name.text) : [],
  )
}

function boundNames(name: import('typescript').BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap(element => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)))
}

/** True where `await` or `for await` stands outside every function. */
export function awaitsAtTop(node: Node): boolean {
  if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node)) return false
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true
  return ts.forEachChild(node, child => awaitsAtTop(child) || undefined) ?? false
}

/** Writes `export` before the variables that may change, and takes them out of the list at the end. */
function exportVariables(code: string, file: SourceFile, names: readonly string[]): { code: string; lines: Set<number> } {
  const lines = new Set<number>()
  const moved = new Set<string>()
  const starts: number[] = []
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement) || statement.modifiers || statement.declarationList.flags & ts.NodeFlags.Const) continue
    const declared = statement.declarationList.declarations.flatMap(declaration => boundNames(declaration.name))
    if (!declared.every(name => names.includes(name) && !moved.has(name))) continue
    for (const name of declared) moved.add(name)
    starts.push(statement.getStart(file))
    lines.add(file.getLineAndCharacterOfPosition(statement.getStart(file)).line)
  }
  const edits = starts.map(start => ({ start, end: start, text: exportKeyword }))
  for (const list of exportLists(file)) edits.push({ start: list.getStart(file), end: list.end, text: '' })
  edits.sort((a, b) => b.start - a.start)
  for (const { start, end, text } of edits) code = code.slice(0, start) + text + code.slice(end)
  return { code: `${code}\nexport { ${names.filter(name => !moved.has(name)).join(', ')} };`, lines }
}

/** `Object.defineProperty(exports, "name", { enumerable: true, get: function () { return value; } })` as `[name, value]`. */
function definedProperty(statement: Node): [string, import('typescript').Expression | undefined] | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return undefined
  const [target, key, descriptor] = statement.expression.arguments
  const callee = statement.expression.expression
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'defineProperty') return undefined
  if (!target || !ts.isIdentifier(target) || target.text !== 'exports' || !key || !ts.isStringLiteral(key)) return undefined
  if (!descriptor || !ts.isObjectLiteralExpression(descriptor)) return undefined
  for (const property of descriptor.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isFunctionExpression(property.initializer)) continue
    const [body] = property.initializer.body.statements
    if (body && ts.isReturnStatement(body)) return [key.text, body.expression]
  }
  return [key.text, undefined]
}

/** Names that have their value as soon as their statement ran. */
function initialisedNames(file: SourceFile): Set<string> {
  const names = file.statements.flatMap(statement => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.filter(({ initializer }) => initializer).flatMap(({ name }) => boundNames(name))
    }
    return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ? [statement.name?.text ?? ''] : []
  })
  return new Set(names)
}

/** The names of `exports.a = exports.b = void 0` where TypeScript wrote it, undefined for any other statement. */
function namesMadeUndefined(statement: Node): string[] | undefined {
  const written = statement.pos >= 0 // by the user, and meant
  if (written || !ts.isExpressionStatement(statement)) return undefined
  const names: string[] = []
  let expression = statement.expression
  while (ts.isBinaryExpression(expression) && ts.isPropertyAccessExpression(expression.left)) {
    const { left } = expression
    if (!ts.isIdentifier(left.expression) || left.expression.text !== 'exports') return undefined
    names.push(left.name.text)
    expression = expression.right
  }
  return names.length > 0 && ts.isVoidExpression(expression) && expression.pos < 0 ? names : undefined
}

/**
 * Exports as plain assignments, and `undefined` only to begin with where a declaration gives no value: a property that was once
 * undefined holds its numbers as objects from then on, at ten times the cost.
 */
function plainExports(initialised: ReadonlySet<string>): import('typescript').TransformerFactory<SourceFile> {
  const { factory } = ts
  const assign = (name: string, value: import('typescript').Expression) => {
    const place = factory.createPropertyAccessExpression(factory.createIdentifier('exports'), name)
    return factory.createExpressionStatement(factory.createAssignment(place, value))
  }
  return () => file => {
    const statements = file.statements.flatMap(statement => {
      const unset = namesMadeUndefined(statement)
      if (unset) return unset.filter(name => !initialised.has(name)).map(name => assign(name, factory.createVoidZero()))
      const defined = definedProperty(statement)
      if (!defined) return [statement]
      return defined[1] ? [assign(defined[0], defined[1])] : []
    })
    return factory.updateSourceFile(file, statements)
  }
}

/**
 * Translates the first step's JavaScript.
 *
 * @param name what stack frames shall call the source; its own file name where undefined
 */
export function translate(
  input: string,
  name: string | undefined,
  compilerOptions: import('typescript').CompilerOptions,
): Translation & { outputText: string } {
  const { code, map } = takeMap(input)
  const file = ts.createSourceFile('cell.js', code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS)
  const names = exportedNames(file)
  const exported = name === undefined ? { code, lines: new Set<number>() } : exportVariables(code, file, names)
  const result = ts.transpileModule(exported.code, {
    fileName: 'cell.js',
    compilerOptions: { ...compilerOptions, sourceMap: true },
    ...(name === undefined ? {} : { transformers: { after: [plainExports(initialisedNames(file))] } }),
  })
  const plain = result.outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
  const awaits = awaitsAtTop(file)
  const output = name === undefined ? plain : `module.exports = (${awaits ? 'async ' : ''}function cell(exports, require) {\n${plain}\n})`
  const source = name ?? map?.sources[0]?.replace(/^.*\//, '')
  if (!map || !source || !result.sourceMapText) return { outputText: output, names, awaits }
  const outputText = withComposedMap(output, source, map, JSON.parse(result.sourceMapText), {
    linesAbove: 1, // tslab's `export {};`
    linesBefore: name === undefined ? 0 : 1,
    indented: exported.lines,
    indent: exportKeyword.length,
  })
  return { outputText, names, awaits }
}

/** Blanks `export` before declarations, and lists of exports: every name of a cell is there for the next one anyway. */
export function withoutExports(code: string): string {
  if (!code.includes('export')) return code
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS)
  const blank = (start: number, end: number) => {
    code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  }
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) blank(statement.getStart(file), statement.end)
    if (!ts.canHaveModifiers(statement)) continue
    const modifiers = ts.getModifiers(statement) ?? []
    if (modifiers.some(modifier => modifier.kind === ts.SyntaxKind.DefaultKeyword)) continue
    for (const modifier of modifiers) {
      if (modifier.kind === ts.SyntaxKind.ExportKeyword) blank(modifier.getStart(file), modifier.end)
    }
  }
  return code
}
