/** `shoplab train`: what may be typed. */
import type { Command } from 'commander'
import { setting, wholeNumber } from './options'
import type { TrainOptions } from './train-options'

export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description(
      'train an agent in a shop, or the agents of a file one after another; save each as a run, and measure it against random and popularity; Ctrl-C stops and saves',
    )
    .option('--config <file>', 'a training file, like those in configs/; what is typed beside it goes before it')
    .option(
      '--env <name>',
      'a shop (npx shoplab envs --all lists them; default: candy-store); agents that choose one of a list need --set env.actions=flat in offers',
    )
    .option('--preset <name>', 'variant of the shop, such as published (npx shoplab envs lists them)')
    .option(
      '--data <folder>',
      "the shop's tables (default: for candy-store the nearest folder data, made by `npx shoplab data`, unless a file or other options describe a shop)",
    )
    .option('--items <count>', 'items of a shop that is generated, without tables (default: 100)', wholeNumber(1))
    .option('--users <count>', 'shoppers of a shop that is generated (default: 500)', wholeNumber(1))
    .option(
      '--agent <name>',
      'who learns (npx shoplab agents lists them; default: double-dqn); of a file with several, the one of this name',
    )
    .option('--episodes <count>', 'sessions to learn from (default: 1000)', wholeNumber(1))
    .option('--steps <count>', 'transitions to learn from, in place of --episodes; with both, whichever comes first', wholeNumber(1))
    .option('--copies <count>', 'shops stepped together (default: 1); PPO and A2C want several, such as 8', wholeNumber(1))
    .option('--seed <number>', 'seed of everything random (default: 1)', wholeNumber(0))
    .option(
      '--out <folder>',
      'where to save, each of several runs in a folder of its own inside; an earlier run there is replaced (default: runs/ENV-AGENT-PRESET-SEED, with --config runs/FILE, and -2, -3, … behind it where there is a run already)',
    )
    .option('--set <key=value...>', "an option of the agent; env.key=value sets one of the shop's (--list-options lists them)", setting)
    .option('--evaluation <episodes>', 'greedy sessions to measure with (default: 1000)', wholeNumber(1))
    .option(
      '--checkpoint-every <transitions>',
      'write checkpoints beside the run as it goes, so that even a killed training can go on',
      wholeNumber(1),
    )
    .option(
      '--resume',
      'go on from the last checkpoint, typed with the same options as at first; without --out the newest that there is; one run at a time',
    )
    .option('--list-options', 'print the options that --set can set, with their values, and train nothing')
    .option('--json', 'print JSON, with the curves, the time of a training step and where the time went')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab train --preset published --episodes 3000 --set epsilonDecay=.998 --out runs/first\n  $ npx shoplab train --set hiddenUnits=[64,64] env.endsSession=true\n  $ npx shoplab train --agent lin-ucb --list-options\n  $ npx shoplab train --config configs/default.yaml --seed 2',
    )
    .action((options: TrainOptions) => (require('./train') as typeof import('./train')).trainCommand(options))
}
