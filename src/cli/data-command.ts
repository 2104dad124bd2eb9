/** `shoplab data`: what may be typed. */
import type { Command } from 'commander'
import type { DataOptions } from './data'
import { wholeNumber } from './options'

export function addDataCommand(program: Command): void {
  program
    .command('data')
    .description('make a shop: users.csv, items.csv, interactions.csv and a README.md that says how; the same seed writes the same bytes')
    .option('--seed <number>', 'seed of everything random', wholeNumber(0), 42)
    .option('--users <count>', 'shoppers', wholeNumber(1), 500)
    .option('--items <count>', 'items for sale', wholeNumber(1), 100)
    .option('--interactions <count>', 'interactions between them', wholeNumber(0), 10_000)
    .option('--out <folder>', 'where to write', 'data')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npx shoplab data --seed 42 --users 500 --items 100')
    .action((options: DataOptions) => (require('./data') as typeof import('./data')).data(options))
}
