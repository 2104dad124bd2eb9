/** The relative errors that zr-obp publishes for its estimators (lab/tables/off-policy-errors.ts), measured again. 20 seconds. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { offPolicyErrors, publishedErrors } from '../../lab/tables/off-policy-errors'

const rows = Array.from({ length: 20 }, (_, run) => run).flatMap(offPolicyErrors)

for (const [estimator, published] of Object.entries(publishedErrors)) {
  test(`${estimator}: the mean relative error of 20 runs is the published one, within twice their run-to-run spread`, () => {
    const errors = rows.filter(row => row.estimator === estimator).map(row => row.error)
    expect(errors).toHaveLength(20)
    const [ours, spread] = [mean(errors), sampleStandardDeviation(errors)]
    console.log(
      `${estimator.padEnd(35)} ${ours.toFixed(6)} ± ${spread.toFixed(6)}, published ${published.mean.toFixed(6)} ± ${published.deviation.toFixed(6)}`,
    )
    expect(Math.abs(ours - published.mean)).toBeLessThanOrEqual(2 * published.deviation)
  })
}
