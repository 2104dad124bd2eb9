/** The probability that a standard normal number is below x: a quotient of polynomials (Hart 1968, algorithm 5666), right to 1e-14. */
export function cumulativeNormal(x: number): number {
  const size = Math.abs(x)
  if (size > 37) return x > 0 ? 1 : 0
  const density = Math.exp((-size * size) / 2)
  let tail: number
  if (size < 7.07106781186547) {
    let above = 3.52624965998911e-2 * size + 0.700383064443688
    above = above * size + 6.37396220353165
    above = above * size + 33.912866078383
    above = above * size + 112.079291497871
    above = above * size + 221.213596169931
    above = above * size + 220.206867912376
    let under = 8.83883476483184e-2 * size + 1.75566716318264
    under = under * size + 16.064177579207
    under = under * size + 86.7807322029461
    under = under * size + 296.564248779674
    under = under * size + 637.333633378831
    under = under * size + 793.826512519948
    under = under * size + 440.413735824752
    tail = (density * above) / under
  } else {
    // Far out, the first terms of the continued fraction of Mills' ratio are enough.
    tail = density / (size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))))) / Math.sqrt(2 * Math.PI)
  }
  return x > 0 ? 1 - tail : tail
}
