/** The test of a configuration that a sweep has chosen: seeds and shoppers that nothing was chosen by. */
import { type CompareOptions, type ComparisonRow, compare } from '../train/compare'
import type { Configuration } from './search-space'
import { configured, describeConfiguration, type SweepPlan } from './sweep-plan'
import { validationOf } from './sweep-trial'

export interface TestOptions extends Pick<CompareOptions, 'workers' | 'signal' | 'onProgress' | 'onRun'> {
  /** How rows name it; the configuration in words unless told. */
  readonly label?: string
}

/**
 * Trains the configuration anew under the plan's test seeds and measures it on the test shoppers.
 *
 * Where the plan stops trainings early, the tuning shoppers decide when, as they did in the sweep.
 *
 * @param configuration one value for each hyperparameter; {} is the plan's agent as it is
 * @returns a row for each test seed, as `compare` gives them: rows of several configurations together go into `summarise` and `comparison`
 */
export function testConfiguration(plan: SweepPlan, configuration: Configuration, options: TestOptions = {}): Promise<ComparisonRow[]> {
  const { label = describeConfiguration(configuration) || plan.agent.name, ...watch } = options
  const { env, agent } = configured(plan, configuration)
  const { evaluation, testSeeds, episodes } = plan
  return compare({
    ...watch,
    env,
    agents: [{ ...agent, label }],
    seeds: testSeeds,
    episodes,
    evaluation: { episodes: evaluation.episodes, seed: evaluation.testSeed },
    ...validationOf(plan),
  })
}
