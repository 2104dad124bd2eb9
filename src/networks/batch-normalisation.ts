/**
 * Batch normalisation (Ioffe & Szegedy 2015, arXiv 1502.03167, algorithms 1 and 2) of the hidden layers:
 *
 *   h = ReLU(scale · (W x - mean) / √(variance + epsilon) + shift)
 *
 * It stands between the linear layer and its ReLU, where the paper puts it (section 3.2): sums of many inputs are nearly normal, which
 * their positive parts are not. The mean would take away a bias, so the layer has none: the shift does its work. While learning, mean and
 * variance of each unit are those of the batch; acting, they are running ones, as the value of one row must not depend on the rows beside it.
 * Momentum, epsilon and the unbiased running variance are PyTorch's.
 */

/** Share of the newest batch in the running statistics. */
const momentum = 0.1

/** Added to variances, so that a unit that is the same for all rows can be divided by its deviation. */
export const epsilon = 1e-5

/**
 * running ← momentum · batch + (1 - momentum) · running, of one layer's means and variances.
 *
 * @param running  changed in place
 * @param batch    the same of one batch, its variances divided by `rows`
 * @param places   where the layer's means and variances begin in both
 * @param units    how many of each
 * @param rows     of the batch, at least 2
 */
export function followBatch(
  running: Float32Array,
  batch: Float32Array,
  { means, variances }: { readonly means: number; readonly variances: number },
  units: number,
  rows: number,
): void {
  // The mean was taken from the same rows, so squares around it are too small by (rows - 1) / rows.
  const unbiased = rows / (rows - 1)
  for (let unit = 0; unit < units; unit++) {
    running[means + unit]! += momentum * (batch[means + unit]! - running[means + unit]!)
    running[variances + unit]! += momentum * (unbiased * batch[variances + unit]! - running[variances + unit]!)
  }
}
