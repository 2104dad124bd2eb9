/** Source maps of cells: two steps of translation composed to one, from the JavaScript that runs to the lines the user wrote. */
import { type Mapping, ts } from './typescript'

interface SourceMap {
  sources: string[]
  mappings: string
}

const comment = /^\/\/# sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/m

/** The map at the end of `code`, and the code without it. */
export function takeMap(code: string): { code: string; map: SourceMap | undefined } {
  const found = comment.exec(code)
  if (!found) return { code, map: undefined }
  return { code: code.slice(0, found.index), map: JSON.parse(Buffer.from(found[1]!, 'base64').toString()) }
}

function byLine(map: SourceMap): Mapping[][] {
  const lines: Mapping[][] = []
  const mappings = ts.decodeMappings(map.mappings)
  for (let next = mappings.next(); !next.done; next = mappings.next()) {
    const mapping = { ...next.value }
    let line = lines[mapping.generatedLine]
    if (!line) line = lines[mapping.generatedLine] = []
    line.push(mapping)
  }
  return lines
}

/** The last mapping of the line at or before the column, or the line's first. */
function find(line: readonly Mapping[] | undefined, column: number): Mapping | undefined {
  let best = line?.[0]
  for (const mapping of line ?? []) if (mapping.generatedCharacter <= column) best = mapping
  return best?.sourceIndex === undefined ? undefined : best
}

/**
 * Code that carries its own map from `second` through `first` to the file `name`.
 *
 * @param first      the map of the earlier step
 * @param second     the map of the later step
 * @param linesAbove lines that stood above the user's in the first step's source
 * @param linesBefore  lines of `code` before the second step's output
 * @param indented   lines of the second step's source that got `indent` more characters at their start
 */
export function withComposedMap(
  code: string,
  name: string,
  first: SourceMap,
  second: SourceMap,
  { linesAbove, linesBefore, indented, indent }: { linesAbove: number; linesBefore: number; indented: ReadonlySet<number>; indent: number },
): string {
  const writer = ts.createSourceMapGenerator({ getCurrentDirectory: () => '', getCanonicalFileName: file => file }, '', '', '', {})
  const source = writer.addSource(name)
  const lines = byLine(first)
  byLine(second).forEach((line, generatedLine) => {
    for (const mapping of line) {
      if (mapping.sourceLine === undefined || mapping.sourceCharacter === undefined) continue
      const column = mapping.sourceCharacter - (indented.has(mapping.sourceLine) ? indent : 0)
      const origin = find(lines[mapping.sourceLine], column)
      if (origin?.sourceLine === undefined || origin.sourceLine < linesAbove) continue
      writer.addMapping(
        generatedLine + linesBefore,
        mapping.generatedCharacter,
        source,
        origin.sourceLine - linesAbove,
        origin.sourceCharacter ?? 0,
      )
    }
  })
  const map = { ...writer.toJSON(), sources: [encodeURIComponent(name)], sourceRoot: undefined, file: undefined }
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}\n`
}
