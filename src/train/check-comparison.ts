/** What `compare` is asked for, checked before anything is trained: whatever would be ignored is refused, with the right form. */
import { checkKeys, checkWhole } from '../data/check'
import { didYouMean } from '../data/nearest-word'
import { envNames } from '../envs/registry'
import { isActor, isShop, said } from './said'

const keys = [
  ...['env', 'agents', 'copies', 'seeds', 'episodes', 'steps', 'evaluation', 'validation'],
  ...['workers', 'signal', 'onProgress', 'onRun'],
]

const forms = {
  env: "env: { name: 'marketplace', options: { preset: 'published' } }",
  agent: "{ name: 'lin-ucb', options: { alpha: 1 }, label: 'LinUCB' }",
  seeds: 'seeds: [1, 2, 3, 4, 5]',
}
const byName = "compare is for shops by name; playActors and train serve a shop of one's own"

/** What is looked at of the options of `compare`; a notebook may have given anything. */
interface Comparison {
  readonly env: unknown
  readonly agents: readonly unknown[]
  readonly copies?: unknown
  readonly seeds: readonly unknown[]
  readonly evaluation?: object
  readonly validation?: object
}

/** @throws RangeError naming the argument, its value and the right form */
export function checkComparison(options: Comparison): void {
  checkKeys('compare', options, keys)
  const { env, agents, copies, seeds, evaluation = {}, validation } = options
  checkEnv(env)
  checkList('agents', agents, 'name at least one', `agents: [${forms.agent}]`)
  agents.forEach((agent, at) => {
    checkAgent(`agents[${at}]`, agent)
  })
  checkCopies('copies', copies)
  checkList('seeds', seeds, 'name at least one, and five for an interval that can be trusted', forms.seeds)
  checkKeys('evaluation', evaluation, ['episodes', 'seed'])
  if (validation !== undefined) checkKeys('validation', validation, ['episodes', 'seed', 'every', 'stopping'])
}

function checkEnv(env: unknown): void {
  if (typeof env === 'function' || isShop(env)) throw new RangeError(`env is ${said(env)}; ${byName}: ${forms.env}`)
  const name = checkNamed('env', env, ['name', 'options'], 'a shop by name', forms.env, 'env: ')
  if (envNames.includes(name)) return
  throw new RangeError(`there is no shop "${name}"; the shops are ${envNames.join(', ')}; ${byName}${didYouMean(name, envNames)}`)
}

function checkCopies(place: string, copies: unknown): void {
  if (copies !== undefined) checkWhole(place, copies, 1, 100_000)
}

function checkAgent(place: string, agent: unknown): void {
  if (isActor(agent)) {
    throw new RangeError(
      `${place} is an agent that is made already; compare makes them by name, like ${forms.agent}, and playActors plays those`,
    )
  }
  checkNamed(place, agent, ['name', 'options', 'label', 'copies'], 'an agent by name', forms.agent)
  checkCopies(`${place}.copies`, (agent as { copies?: unknown }).copies)
}

/** @returns the name */
function checkNamed(place: string, value: unknown, allowed: readonly string[], what: string, form: string, before = ''): string {
  const given = isPlain(value) ? value : {}
  const { name, options = {} } = given
  if (typeof name !== 'string') {
    throw new RangeError(`${place} is ${said(value)}; it must be ${what}, like ${form}`)
  }
  if (!isPlain(options)) throw new RangeError(`${place}.options is ${said(options)}; it must be an object, like ${form}`)
  const others = Object.entries(given).filter(([key]) => !allowed.includes(key))
  if (others.length === 0) return name
  const settings = Object.entries({ ...options, ...Object.fromEntries(others) }).map(([key, setting]) => `${key}: ${written(setting)}`)
  throw new RangeError(
    `${place} has ${others.map(([key]) => key).join(', ')} beside ${inWords(allowed)}; ` +
      `write ${before}{ name: '${name}', options: { ${settings.join(', ')} } }`,
  )
}

function checkList(name: string, value: unknown, advice: string, form: string): void {
  if (!Array.isArray(value)) throw new RangeError(`${name} is ${said(value)}; it must be a list: ${form}`)
  if (value.length === 0) throw new RangeError(`${name} is an empty list; ${advice}: ${form}`)
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** As it would be typed; what is long is left to the reader. */
function written(setting: unknown): string {
  return typeof setting === 'object' || typeof setting === 'function' ? '…' : said(setting)
}

function inWords(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
