/**
 * Adam (Kingma & Ba 2015, arXiv 1412.6980, algorithm 1) over one flat array, bias-corrected, beta .9 and .999, epsilon 1e-8.
 */
export const firstDecay = 0.9
export const secondDecay = 0.999
export const stabiliser = 1e-8

/** Moments below this are set to zero: they would decay into denormal numbers, which processors multiply many times slower. */
export const negligible = 1e-30

/**
 * One step down the gradient.
 *
 * @param parameters    changed in place, like both moments
 * @param firstMoments  running mean of the gradient
 * @param secondMoments running mean of its square
 * @param update        how many steps this one makes, so 1 for the first
 * @param epsilon       keeps the division finite; 1e-8
 */
export function adam(
  parameters: Float32Array,
  gradient: Float32Array,
  firstMoments: Float32Array,
  secondMoments: Float32Array,
  update: number,
  learningRate: number,
  epsilon = stabiliser,
): void {
  // Moments start at 0 and are too small at first; these factors mend it.
  const firstCorrection = 1 - firstDecay ** update
  const secondCorrection = 1 - secondDecay ** update
  const rate = learningRate / firstCorrection
  const scale = 1 / Math.sqrt(secondCorrection)
  for (let at = 0; at < parameters.length; at++) {
    const slope = gradient[at]!
    let first = firstMoments[at]! + (1 - firstDecay) * (slope - firstMoments[at]!)
    let second = secondMoments[at]! + (1 - secondDecay) * (slope * slope - secondMoments[at]!)
    if (first < negligible && first > -negligible) first = 0
    if (second < negligible) second = 0
    firstMoments[at] = first
    secondMoments[at] = second
    parameters[at]! -= (rate * first) / (Math.sqrt(second) * scale + epsilon)
  }
}
