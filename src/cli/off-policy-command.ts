/** `shoplab off-policy`: what may be typed. */
import type { Command } from 'commander'
import type { OffPolicyCommandOptions } from './off-policy'
import { wholeNumber } from './options'

export function addOffPolicyCommand(program: Command): void {
  program
    .command('off-policy')
    .description(
      'what would others have earned? judges uniform choice and saved runs by a log alone, with intervals, and says when the log cannot tell',
    )
    .argument(
      '<log>',
      'a file that npx shoplab log wrote, or any with its columns: episode, actions (how many there are), action, reward, propensity, c0, c1, … (what was known)',
    )
    .argument('[run...]', 'folders of saved runs, judged as they do the best they know')
    .option('--explore', 'the saved runs explore as in training')
    .option('--resamples <count>', 'for the intervals', wholeNumber(1), 1000)
    .option('--seed <number>', 'of the intervals and the folds of the reward model', wholeNumber(0), 0)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab log candy-store --visits 5000 --out random.csv\n  $ npx shoplab off-policy random.csv runs/first',
    )
    .action((file: string, runs: string[], options: OffPolicyCommandOptions) =>
      (require('./off-policy') as typeof import('./off-policy')).offPolicy(file, runs, options),
    )
}
