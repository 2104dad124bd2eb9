/** The parts of a file of settings, each checked by its fields; whatever is wrong is collected with its place, so that all is told at once. */
import { type Field, readFields, shown, valueAt } from '../agents/options'
import { didYouMean } from '../data/nearest-word'

/** Keys, and places in lists, from the top of a file. */
export type Place = readonly (string | number)[]

export type Values = Readonly<Record<string, unknown>>

export class FileParts {
  readonly complaints: { readonly place: Place; readonly problem: string }[] = []

  /**
   * What stands at a place, with defaults filled in; what does not fit is left out, so that the rest can be looked at.
   *
   * @param inFile what a key is called in the file, where that is not its name here
   */
  read(place: Place, given: unknown, fields: Readonly<Record<string, Field>>, inFile = (key: string) => key): Values {
    const { values, complaints } = readFields<Values>(fields, given)
    if (complaints.length === 0) return values
    for (const { path, allowed } of complaints) {
      const [first, ...rest] = path as Place
      const at = first === undefined ? place : [...place, inFile(String(first)), ...rest]
      if (allowed === undefined) this.unknown(at, Object.keys(fields))
      else this.mustBe(at, valueAt(given, path), allowed)
    }
    const wrong = new Set(complaints.map(({ path }) => path[0]))
    return isObject(given) ? Object.fromEntries(Object.entries(given).filter(([key]) => !wrong.has(key))) : {}
  }

  mustBe(place: Place, found: unknown, allowed: string): void {
    this.complain(place, found === undefined ? `is missing; it must be ${allowed}` : `is ${shown(found)}; it must be ${allowed}`)
  }

  /** @param word the one that must be allowed, where `found` is another spelling of it */
  word(place: Place, found: string, allowed: readonly string[], word = found): void {
    if (!allowed.includes(word)) this.mustBe(place, found, `one of ${allowed.join(', ')}${didYouMean(word, allowed)}`)
  }

  unknown(place: Place, allowed: readonly string[]): void {
    const meant = didYouMean(String(place[place.length - 1]), allowed)
    this.complain(place, `is not known; here may stand ${allowed.join(', ') || 'nothing'}${meant}`)
  }

  /** @param problem goes on after the path: 'is 0; it must be …' */
  complain(place: Place, problem: string): void {
    this.complaints.push({ place, problem: `${inWords(place) || 'the file'} ${problem}` })
  }
}

export function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** ['models', 1, 'params'] → 'models[1].params' */
function inWords(place: Place): string {
  return place.reduce<string>((words, key) => (typeof key === 'number' ? `${words}[${key}]` : words === '' ? key : `${words}.${key}`), '')
}
