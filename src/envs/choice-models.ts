/**
 * Choice models: which document of a slate a user takes, or none. Source: RecSim (Ie et al. 2019, arXiv 1909.04847), choice_model.py.
 *
 *   multinomial logit          P(document) = exp(score) / sum of exp(score), "no click" having a score of its own
 *   multinomial proportional   P(document) = (score - least) / sum of (score - least), likewise; `least` is the lowest score there can be
 *
 * A score is how much the user likes a document: the dot product of their interests and its features. Both models give the probabilities
 * of the k documents and, last, of no click; `choose` draws from them. Nothing is allocated where `out` is given.
 */

/**
 * The softmax of the scores.
 *
 * @param scores       [k]
 * @param noClickScore score of taking none; left out, one is always taken
 * @param out          [k + 1], overwritten: the documents, then no click
 * @returns out; left out, a new array
 * @throws RangeError unless every score is a finite number and there is something to choose
 */
export function multinomialLogit(
  scores: ArrayLike<number>,
  noClickScore = -Infinity,
  out = new Float64Array(scores.length + 1),
): Float64Array {
  const count = checkSizes(scores, out)
  if (!(noClickScore < Infinity))
    throw new RangeError(`noClickScore is ${noClickScore}; it must be a finite number, or -Infinity for never`)
  let highest = noClickScore
  for (let at = 0; at < count; at++) {
    const score = scores[at]!
    if (!Number.isFinite(score)) throw new RangeError(`scores[${at}] is ${score}; it must be a finite number`)
    if (score > highest) highest = score
  }
  if (highest === -Infinity) throw new RangeError('scores is empty and noClickScore is -Infinity; there must be something to choose')
  // The highest becomes exp(0): nothing overflows, and the quotients stay the same.
  for (let at = 0; at < count; at++) out[at] = Math.exp(scores[at]! - highest)
  out[count] = Math.exp(noClickScore - highest)
  return normalise(out)
}

/**
 * In proportion to the scores above the lowest possible one. Where all of them stand at the lowest, nothing is clicked.
 *
 * @param scores       [k], none below `least`
 * @param noClickScore score of taking none, at least `least`; `least`, with which one is always taken
 * @param least        the lowest score there can be; 0
 * @param out          [k + 1], overwritten: the documents, then no click
 * @returns out; left out, a new array
 * @throws RangeError for a score that is not a finite number of at least `least`
 */
export function multinomialProportional(
  scores: ArrayLike<number>,
  noClickScore?: number,
  least = 0,
  out = new Float64Array(scores.length + 1),
): Float64Array {
  const count = checkSizes(scores, out)
  if (!Number.isFinite(least)) throw new RangeError(`least is ${least}; it must be a finite number`)
  for (let at = 0; at < count; at++) out[at] = massAbove(least, scores[at]!, 'a score')
  out[count] = massAbove(least, noClickScore ?? least, 'noClickScore')
  return normalise(out)
}

/**
 * Which of the documents is taken.
 *
 * @param probabilities [k + 1], the last one that of no click; they sum to 1
 * @param uniform       a draw in [0, 1)
 * @returns position of the document, -1 for none; what has probability 0 is never chosen
 */
export function choose(probabilities: Float64Array, uniform: number): number {
  const count = probabilities.length - 1
  let sum = 0
  for (let at = 0; at < count; at++) if (uniform < (sum += probabilities[at]!)) return at
  if (probabilities[count]! > 0 || count === 0) return -1
  // A sum rounded below 1 has been passed; the draw belongs to the last one that can be chosen.
  let last = count - 1
  while (last > 0 && probabilities[last] === 0) last--
  return last
}

function checkSizes(scores: ArrayLike<number>, out: Float64Array): number {
  const count = scores.length
  if (out.length !== count + 1)
    throw new RangeError(`out has ${out.length} numbers; it must have ${count + 1}, one for each score and one for no click`)
  return count
}

function massAbove(least: number, score: number, name: string): number {
  const mass = score - least
  if (mass >= 0 && mass < Infinity) return mass
  throw new RangeError(`${name} is ${score}; it must be a finite number of at least ${least}`)
}

function normalise(masses: Float64Array): Float64Array {
  let sum = 0
  for (let at = 0; at < masses.length; at++) sum += masses[at]!
  if (sum === 0) masses[masses.length - 1] = 1
  else for (let at = 0; at < masses.length; at++) masses[at]! /= sum
  return masses
}
