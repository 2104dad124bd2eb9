/** `shoplab play`: what may be typed. */
import type { Command } from 'commander'
import { setting, wholeNumber } from './options'
import type { PlayOptions } from './play'

export function addPlayCommand(program: Command): void {
  program
    .command('play')
    .description('watch a session in words: who shops, what is shown, what happens')
    .argument('<env>', 'a shop (npx shoplab envs lists them)')
    .option('--agent <name>', 'who serves: random, oracle (the best next step, which no agent may know), or any agent, untrained', 'random')
    .option('--seed <number>', 'of the shopper, their luck and the agent', wholeNumber(0), 1)
    .option('--steps <count>', 'stop looking after so many', wholeNumber(1), 100)
    .option('--preset <name>', 'variant of the shop')
    .option('--set <key=value...>', 'an option of the shop (npx shoplab envs ENV lists them)', setting)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab play candy-store --agent random --seed 1\n  $ npx shoplab play simshop --agent oracle --set userTypes=cheap_seeker',
    )
    .action((env: string, options: PlayOptions) => (require('./play') as typeof import('./play')).play(env, options))
}
