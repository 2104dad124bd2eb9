/** `shoplab train`: what may be typed. */
import type { Command } from 'commander'
import { setting, wholeNumber } from './options'
import type { TrainOptions } from './train'

export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description('train an agent in a shop, save it as a run, and measure it against random and popularity; Ctrl-C stops and saves')
    .option(
      '--env <name>',
      'a shop (npx shoplab envs --all lists them); agents that learn choose one of a list: offers needs --set env.actions=flat, and simshop and the recsim shops can be served by random alone',
      'candy-store',
    )
    .option('--preset <name>', 'variant of the shop, such as published (npx shoplab envs lists them)')
    .option(
      '--data <folder>',
      "the shop's tables (default: the nearest folder data, made by `npx shoplab data`, unless other options describe a shop)",
    )
    .option('--items <count>', 'items of a shop that is generated, without tables (default: 100)', wholeNumber(1))
    .option('--users <count>', 'shoppers of a shop that is generated (default: 500)', wholeNumber(1))
    .option('--agent <name>', 'double-dqn, lin-ucb, epsilon-greedy, content-based, cold-start, popularity or random', 'double-dqn')
    .option('--episodes <count>', 'sessions to learn from', wholeNumber(1), 1000)
    .option('--seed <number>', 'seed of everything random', wholeNumber(0), 1)
    .option(
      '--out <folder>',
      'where to save; an earlier run there is replaced (default: runs/ENV-AGENT-PRESET-SEED, with -2, -3, … behind it where there is a run already)',
    )
    .option('--set <key=value...>', "an option of the agent; env.key=value sets one of the shop's (--list-options lists them)", setting)
    .option('--evaluation <episodes>', 'greedy sessions to measure with', wholeNumber(1), 1000)
    .option(
      '--checkpoint-every <transitions>',
      'write checkpoints beside the run as it goes, so that even a killed training can go on',
      wholeNumber(1),
    )
    .option('--resume', 'go on from the last checkpoint, typed with the same options as at first; without --out the newest that there is')
    .option('--list-options', 'print the options that --set can set, with their values, and train nothing')
    .option('--json', 'print JSON, with the curves, the time of a training step and where the time went')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab train --preset published --episodes 3000 --set epsilonDecay=.998 --out runs/first\n  $ npx shoplab train --set hiddenUnits=[64,64] env.endsSession=true\n  $ npx shoplab train --agent lin-ucb --list-options',
    )
    .action((options: TrainOptions) => (require('./train') as typeof import('./train')).trainCommand(options))
}
