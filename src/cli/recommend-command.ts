/** `shoplab recommend`: what may be typed. */
import type { Command } from 'commander'
import { wholeNumber } from './options'
import type { RecommendOptions } from './recommend'

export function addRecommendCommand(program: Command): void {
  program
    .command('recommend')
    .description('ask a trained agent what it would show to a shopper who walks in')
    .argument('<run>', 'folder of a run that `npx shoplab train` saved, or of model versions')
    .requiredOption('--user <id>', 'a shopper: a row number like 42, or an id like user_42')
    .option('--k <count>', 'items to recommend, at most as many as the shop sells', wholeNumber(1), 5)
    .option('--model-version <number>', 'of a folder of versions: this one (default: the one that serves)', wholeNumber(1))
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npx shoplab recommend runs/first --user 42 --k 5')
    .action((run: string, options: RecommendOptions) =>
      (require('./recommend') as typeof import('./recommend')).recommendCommand(run, options),
    )
}
