/** What is wrong with a plan and where, so that a sweep file can name the line; and the checks that find it. */
import { UserError } from '../data/user-error'

export class PlanProblem extends UserError {
  /**
   * @param path    'evaluation.episodes'; '' for the plan as a whole
   * @param problem the sentence that follows it: 'is 0; it must be …'
   */
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path || 'the plan'} ${problem}`)
  }
}

/** A path and the value that stands there. */
export class Place {
  constructor(
    readonly path: string,
    readonly value: unknown,
  ) {}

  get given(): boolean {
    return this.value !== undefined
  }

  /** What stands at a key; undefined where nothing does. */
  at(key: string): Place {
    const inside = this.value as Readonly<Record<string, unknown>> | undefined
    return new Place(
      this.path === '' ? key : `${this.path}.${key}`,
      inside !== undefined && Object.hasOwn(inside, key) ? inside[key] : undefined,
    )
  }

  /** The same place, with a value where there is none. */
  or(usual: unknown): Place {
    return this.given ? this : new Place(this.path, usual)
  }

  is(allowed: string): PlanProblem {
    if (!this.given) return new PlanProblem(this.path, `is missing; it must be ${allowed}`)
    return new PlanProblem(this.path, `is ${shown(this.value)}; it must be ${allowed}`)
  }

  /** An object; with no key but those allowed, where they are named. */
  object(allowed?: readonly string[]): Readonly<Record<string, unknown>> {
    if (!isObject(this.value)) throw this.is(allowed ? `an object with ${allowed.join(', ')}` : 'an object')
    const unknown = allowed && Object.keys(this.value).find(key => !allowed.includes(key))
    if (unknown === undefined) return this.value
    throw new PlanProblem(this.path === '' ? unknown : `${this.path}.${unknown}`, `is not known; here may stand ${allowed!.join(', ')}`)
  }

  word<Word extends string>(allowed: readonly Word[]): Word {
    if (!allowed.includes(this.value as Word)) throw this.is(`one of ${allowed.join(', ')}`)
    return this.value as Word
  }

  text(what: string): string {
    if (typeof this.value !== 'string' || this.value.trim() === '') throw this.is(what)
    return this.value
  }

  whole(low: number): number {
    if (!(Number.isSafeInteger(this.value) && (this.value as number) >= low)) throw this.is(`a whole number of at least ${low}`)
    return this.value as number
  }

  number(low: number): number {
    if (!(Number.isFinite(this.value) && (this.value as number) >= low)) throw this.is(`a number of at least ${low}`)
    return this.value as number
  }

  /** Whole numbers, each at least 0 and there once. */
  seeds(): readonly number[] {
    const { value } = this
    if (!Array.isArray(value) || value.length === 0) throw this.is('a list of at least one seed')
    value.forEach((seed, at) => {
      new Place(`${this.path}.${at}`, seed).whole(0)
      if (value.indexOf(seed) !== at) throw new PlanProblem(`${this.path}.${at}`, `is ${seed}, which is in the list already`)
    })
    return [...value]
  }

  /** What JSON can write and read back, so that it can stand in a file and go to a worker. */
  plain(): unknown {
    const { value } = this
    if (Array.isArray(value)) return value.map((one, at) => new Place(`${this.path}.${at}`, one).plain())
    if (isObject(value) && Object.getPrototypeOf(value) === Object.prototype) {
      const kept = Object.keys(value).filter(key => value[key] !== undefined)
      return Object.fromEntries(kept.map(key => [key, this.at(key).plain()]))
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value
    throw this.is('a finite number, a word, true, false, null, or lists and objects of them')
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value)
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
