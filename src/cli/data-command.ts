/** `shoplab data`: what may be typed. */
import { type Command, Option } from 'commander'
import type { DataOptions } from './data'
import { wholeNumber } from './options'

export function addDataCommand(program: Command): void {
  program
    .command('data')
    .description(
      "make a shop's data: of users.csv, items.csv and interactions.csv those that it has, and a README.md that says how, or user_behavior.xlsx; the same seed writes the same bytes; of open-bandit real data are fetched",
    )
    .addOption(
      new Option(
        '--shop <name>',
        'whose data: a candy store, a log of feedback, the behaviour that offers are planned from, what two shops sell, or the Open Bandit Dataset',
      )
        .choices(['candy-store', 'interaction-log', 'offers', 'marketplace', 'simshop', 'open-bandit'])
        .default('candy-store'),
    )
    .option('--seed <number>', 'seed of everything random; open-bandit has none', wholeNumber(0), 42)
    .option('--users <count>', 'shoppers (default: 500; interaction-log 1000); not of simshop', wholeNumber(1))
    .option(
      '--items <count>',
      'items for sale (default: 100; interaction-log 500, marketplace 200, simshop 250); not of offers',
      wholeNumber(1),
    )
    .option('--interactions <count>', 'interactions between them (default: 10000); of candy-store and interaction-log', wholeNumber(0))
    .option('--out <folder>', 'where to write (default: data, of other shops data/SHOP)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab data --seed 42 --users 500 --items 100\n  $ npx shoplab data --shop offers --out data/offers',
    )
    .action((options: DataOptions) => (require('./data') as typeof import('./data')).data(options))
}
