/** `shoplab recommend`: what may be typed. */
import type { Command } from 'commander'
import { wholeNumber } from './options'
import type { RecommendOptions } from './recommend'

export function addRecommendCommand(program: Command): void {
  program
    .command('recommend')
    .description(
      'ask a trained agent what it would show to a shopper who walks in: items, a page of simshop for a type of shopper, or a message of offers with what is known of the shopper',
    )
    .argument('<run>', 'folder of a run that `npx shoplab train` saved, or of model versions')
    .requiredOption('--user <id>', 'a shopper: a row number like 42, or an id like user_42; in simshop a type like brand_lover')
    .option(
      '--k <count>',
      'items or offers to recommend, at most as many as there are (default: 5; where the agent makes one choice of several parts, 1)',
      wholeNumber(1),
    )
    .option('--seed <number>', 'of the visit: simshop draws its candidates anew for each', wholeNumber(0), 0)
    .option('--model-version <number>', 'of a folder of versions: this one (default: the one that serves)', wholeNumber(1))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab recommend runs/first --user 42 --k 5\n  $ npx shoplab recommend runs/simshop-ppo --user brand_lover',
    )
    .action((run: string, options: RecommendOptions) =>
      (require('./recommend') as typeof import('./recommend')).recommendCommand(run, options),
    )
}
