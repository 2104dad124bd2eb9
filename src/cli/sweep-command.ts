/** `shoplab sweep`: what may be typed. */
import type { Command } from 'commander'
import { wholeNumber } from './options'
import type { SweepCommandOptions } from './sweep'

export function addSweepCommand(program: Command): void {
  program
    .command('sweep')
    .description('search for the best hyperparameters as a file says; typed again, a sweep that was stopped or killed goes on')
    .argument('<file>', 'a sweep file, like those in sweeps/')
    .option('--workers <count>', 'trials at once, each in a process (default: as many as there are cores)', wholeNumber(1))
    .option('--out <file>', 'where the trials are kept, a line of JSON each (default: runs/sweep-NAME.jsonl)')
    .option('--trials <count>', 'try so many at most, whatever run_cap says', wholeNumber(1))
    .option('--price', 'measure a few updates on this machine, say what the sweep would cost, and run nothing')
    .option('--test-best', 'afterwards train the best configuration, and the agent as it is without one, on the test seeds')
    .option('--json', 'print JSON')
    .option('--quiet', 'say nothing on the way')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab sweep sweeps/guide-27.yaml --workers 2\n  $ npx shoplab sweep sweeps/guide.yaml --price\n  $ npx shoplab sweep sweeps/random.yaml --test-best',
    )
    .action((file: string, options: SweepCommandOptions) => (require('./sweep') as typeof import('./sweep')).sweepCommand(file, options))
}
