/** `shoplab log`: what may be typed. */
import type { Command } from 'commander'
import type { LogOptions } from './log'
import { setting, wholeNumber } from './options'

export function addLogCommand(program: Command): void {
  program
    .command('log')
    .description('write down what somebody does in a shop, what comes of it and how likely it was: a log from which others can be judged')
    .argument(
      '<who>',
      'a shop (npx shoplab envs lists them), served by random choice, or the folder of a saved run, served by its agent as it explores',
    )
    .option('--visits <count>', 'shoppers served', wholeNumber(1), 1000)
    .option('--seed <number>', 'of the shoppers and their luck', wholeNumber(0), 1)
    .option('--out <file>', 'where the log goes', 'log.csv')
    .option('--greedy', 'a saved run does the best it knows; such a log tells little of what others would do')
    .option('--preset <name>', 'variant of the shop; a saved run has its own')
    .option('--set <key=value...>', 'an option of the shop; a saved run has its own', setting)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab log candy-store --visits 5000 --out random.csv\n  $ npx shoplab off-policy random.csv runs/first',
    )
    .action((who: string, options: LogOptions) => (require('./log') as typeof import('./log')).log(who, options))
}
