/**
 * Which of the words that there are was probably meant by one that there is not: "did you mean lin-ucb?".
 *
 * The nearest by the number of letters that must be put in, taken out, exchanged for another or swapped with their neighbour (Damerau 1964,
 * optimal string alignment), where capitals, hyphens and underscores do not count. A word that has the other as a part comes after those:
 * "candy" means candy-store.
 */

/** The nearest word; undefined where none is near, which is when more than a third of the letters would have to change. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const plain = bare(word)
  let nearest: string | undefined
  let fewest = Math.max(1, Math.floor(plain.length / 3)) + 1
  for (const other of words) {
    const changes = changesBetween(plain, bare(other))
    if (changes >= fewest) continue
    nearest = other
    fewest = changes
  }
  return nearest ?? (plain.length < 3 ? undefined : words.find(other => bare(other).includes(plain)))
}

/** How an error goes on after what is allowed: `; did you mean a?`, or `a or b` for two words; '' where nothing is near. */
export function didYouMean(word: string | readonly string[], words: readonly string[]): string {
  const meant = [word].flat().flatMap(one => nearestWord(one, words) ?? [])
  return meant.length === 0 ? '' : `; did you mean ${Array.from(new Set(meant)).join(' or ')}?`
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, '')
}

function changesBetween(one: string, other: string): number {
  // Row i has the changes from the first i letters of one to the first j of the other.
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const exchanged = last[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, exchanged)
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (swapped) row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    ;[before, last] = [last, row]
  }
  return last[other.length]!
}
