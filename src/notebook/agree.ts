/** Checks in a notebook that a formula, worked out afresh, and the code give the same numbers, and prints both. */

/** A list that is longer than `short` is printed with its first `few` numbers. */
const short = 6
const few = 2

/** What rounding in double precision may add up to. */
const exact = 1e-12

/**
 * Prints one line, `sigmoid: formula 0.73106 | code 0.73106 | difference 0`; of lists the first numbers and the
 * largest of all differences.
 *
 * @param name      what is compared
 * @param formula   the number, or the numbers, that the formula gives
 * @param code      what the code gives
 * @param tolerance largest difference allowed, absolute; 1e-12. Single precision, as in networks, allows about 1e-6.
 * @throws RangeError when they differ by more, when a number is not finite, or when the lists are not equally long
 */
export function agree(name: string, formula: number | ArrayLike<number>, code: number | ArrayLike<number>, tolerance = exact): void {
  const [wanted, given] = [numbersOf(formula), numbersOf(code)]
  if (wanted.length !== given.length || wanted.length === 0) {
    throw new RangeError(
      `${name}: the formula gives ${wanted.length} numbers and the code ${given.length}; give as many of both, at least 1`,
    )
  }
  let largest = 0
  for (const [at, number] of wanted.entries()) {
    const difference = Math.abs(number - given[at]!)
    const place = wanted.length > 1 ? ` at place ${at}` : ''
    const both = `${name}${place}: the formula gives ${number} and the code ${given[at]}`
    if (!Number.isFinite(difference)) throw new RangeError(`${both}; both must be finite numbers`)
    if (!(difference <= tolerance))
      throw new RangeError(`${both}; they differ by ${difference.toPrecision(2)}, and ${tolerance} is allowed`)
    largest = Math.max(largest, difference)
  }
  const size = largest === 0 ? '0' : largest.toExponential(0)
  const most = wanted.length > 1 ? 'differences up to' : 'difference'
  const allowed = tolerance === exact ? '' : ` (${tolerance.toExponential(0)} allowed)`
  process.stdout.write(`${name}: formula ${words(wanted)} | code ${words(given)} | ${most} ${size}${allowed}\n`)
}

const numbersOf = (value: number | ArrayLike<number>) => (typeof value === 'number' ? [value] : Array.from(value))

function words(numbers: readonly number[]): string {
  const first = numbers.slice(0, numbers.length > short ? few : short).map(number => String(rounded(number)))
  return [...first, ...(numbers.length > short ? ['…'] : [])].join(', ')
}

/** To five digits, whole numbers to all of theirs. Adding 0 turns -0 into 0. */
const rounded = (number: number) => (Number.isInteger(number) ? number : Number(number.toPrecision(5))) + 0
