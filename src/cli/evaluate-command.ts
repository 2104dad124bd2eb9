/** `shoplab evaluate`: what may be typed. */
import type { Command } from 'commander'
import type { EvaluateCommandOptions } from './evaluate'
import { wholeNumber } from './options'

export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .description(
      'measure a saved run, or all runs in a folder, beside random, popularity and the myopic oracle: return with its 95 % interval, clicks, purchases, profit',
    )
    .argument('<run>', 'folder of a run that `npx shoplab train` saved, of several of one shop, or of model versions')
    .option('--episodes <count>', 'greedy sessions to measure with', wholeNumber(1), 1000)
    .option('--seed <number>', 'of the shoppers and their luck; those of training count from 0 (default: 1000000)', wholeNumber(0))
    .option('--by-type', 'each type of shopper for itself, where a shop has types (simshop), with a share of the sessions each')
    .option('--k <count>', 'in interaction-log: rank lists of so many against the last part of the log as well', wholeNumber(1))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab evaluate runs/first --episodes 2000\n  $ npx shoplab evaluate runs/simshop-ppo --by-type\n  $ npx shoplab evaluate runs/default --k 10',
    )
    .action((run: string, options: EvaluateCommandOptions) =>
      (require('./evaluate') as typeof import('./evaluate')).evaluateCommand(run, options),
    )
}
