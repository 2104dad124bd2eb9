/** Readers of what is typed behind an option; commander shows their errors with the option's name. */
import { InvalidArgumentError } from 'commander'

/** A whole number of at least `low`; without it, any that is exact. */
export function wholeNumber(low?: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(value) && value >= (low ?? value)) return value
    throw new InvalidArgumentError(`It must be a whole number${low === undefined ? '' : ` of at least ${low}`}.`)
  }
}

/**
 * Settings typed as key=value, one after another. A value is read as JSON where it is (.5, true, [64,64]), [some,words] as the list of
 * them, the rest as text.
 */
export function setting(text: string, before: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const at = text.indexOf('=')
  const key = text.slice(0, at).trim()
  if (at < 0 || key === '') {
    throw new InvalidArgumentError(
      'It must be key=value, like horizon=20 or hiddenUnits=[64,64]; ' +
        "a word without = behind --set, such as a shop's name, belongs before it.",
    )
  }
  return { ...before, [key]: read(text.slice(at + 1).trim()) }
}

function read(text: string): unknown {
  // JSON wants a digit before the point; people do not.
  const json = text.replace(/^([+-]?)\./, '$10.').replace(/^\+/, '')
  try {
    return JSON.parse(json)
  } catch {
    return wordList(text) ?? text
  }
}

/** A list in brackets of words or numbers, none of them empty or a list itself. */
function wordList(text: string): unknown[] | undefined {
  const inside = /^\[([^[\]]+)\]$/.exec(text)?.[1]
  const words = inside?.split(',').map(word => word.trim())
  return words?.every(word => word !== '') ? words.map(read) : undefined
}
