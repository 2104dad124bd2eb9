/** RecoGym's options: what may be set, the defaults of the original's env_1, and what is allowed. */
import { checkFlag, checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'

export interface RecogymOptions {
  /** The defaults below are env_1's, so there is one preset. */
  readonly preset?: 'default'
  /** Products on sale, 1 to 10,000; 10. */
  readonly products?: number
  /** Numbers in a user's taste, 1 to 100; 5. */
  readonly factors?: number
  /** Seed of the products (not of who comes: that is `reset`'s), a whole number below 2^32; 42. */
  readonly worldSeed?: number
  /** Standard deviation of each number of a new user's taste, 0 to 100; 1. */
  readonly tasteDeviation?: number
  /** Standard deviation of what is added to each of them between two views, 0 to 100; .1. */
  readonly tasteDrift?: number
  /** The taste drifts with every recommendation too; false. */
  readonly driftInBandit?: boolean
  /** Standard deviation of how much a product is viewed and clicked whatever the taste, 0 to 100; 3. */
  readonly popularityDeviation?: number
  /** Pairs of like products that exchange what their clicks depend on, so that views tell less of clicks, 0 to products / 2; 0. */
  readonly flips?: number
  /** Every product's factors of clicks are scaled to length 1; false. */
  readonly unitClickFactors?: boolean

  /** After a view: probability that a recommendation comes next, .01 to 1; .25. */
  readonly organicToBandit?: number
  /** After a view: probability that the user leaves, 0 to 1; .01. */
  readonly leaveOrganic?: number
  /** After a recommendation that is not clicked: probability that the user views products next, 0 to 1; .05. */
  readonly banditToOrganic?: number
  /** After a recommendation that is not clicked: probability that the user leaves, 0 to 1; .01. (The original: leaveOrganic here too.) */
  readonly leaveBandit?: number

  /** Recommendations to one user after which the visit is cut off, 1 to 1,000,000; 10,000, which is practically never reached. */
  readonly horizon?: number
  /** Users are drawn by NumPy's RandomState(seed + copy) in the original's order, so that published traces come out; false. */
  readonly numpyTrace?: boolean
}

/** Every option with a value. */
export type RecogymSettings = Required<RecogymOptions>

const allowed = [
  'preset,products,factors,worldSeed,tasteDeviation,tasteDrift,driftInBandit,popularityDeviation,flips,unitClickFactors',
  'organicToBandit,leaveOrganic,banditToOrganic,leaveBandit,horizon,numpyTrace',
].flatMap(names => names.split(','))

/** @throws RangeError naming the option, its value and what is allowed */
export function recogymSettings(options: RecogymOptions): RecogymSettings {
  checkKeys('recogym', options, allowed)
  const whole = (name: keyof RecogymOptions, usual: number, low: number, high: number) =>
    checkWhole(name, options[name] ?? usual, low, high)
  const number = (name: keyof RecogymOptions, usual: number, low: number, high: number) =>
    checkNumber(name, options[name] ?? usual, low, high)
  const flag = (name: keyof RecogymOptions) => checkFlag(name, options[name] ?? false)
  const preset = checkWord('preset', options.preset ?? 'default', ['default'])
  const products = whole('products', 10, 1, 10_000)
  const settings: RecogymSettings = {
    preset,
    products,
    factors: whole('factors', 5, 1, 100),
    worldSeed: whole('worldSeed', 42, 0, 2 ** 32 - 1),
    tasteDeviation: number('tasteDeviation', 1, 0, 100),
    tasteDrift: number('tasteDrift', 0.1, 0, 100),
    driftInBandit: flag('driftInBandit'),
    popularityDeviation: number('popularityDeviation', 3, 0, 100),
    flips: whole('flips', 0, 0, Math.floor(products / 2)),
    unitClickFactors: flag('unitClickFactors'),
    organicToBandit: number('organicToBandit', 0.25, 0.01, 1),
    leaveOrganic: number('leaveOrganic', 0.01, 0, 1),
    banditToOrganic: number('banditToOrganic', 0.05, 0, 1),
    leaveBandit: number('leaveBandit', 0.01, 0, 1),
    horizon: whole('horizon', 10_000, 1, 1_000_000),
    numpyTrace: flag('numpyTrace'),
  }
  checkSum(settings, 'organicToBandit', 'leaveOrganic')
  checkSum(settings, 'banditToOrganic', 'leaveBandit')
  return settings
}

type Probability = 'organicToBandit' | 'leaveOrganic' | 'banditToOrganic' | 'leaveBandit'

function checkSum(settings: RecogymSettings, one: Probability, other: Probability): void {
  const sum = settings[one] + settings[other]
  if (sum > 1) throw new RangeError(`${one} is ${settings[one]} and ${other} ${settings[other]}; their sum must be at most 1, it is ${sum}`)
}
