/** `shoplab envs`: what may be typed. */
import type { Command } from 'commander'
import type { EnvsOptions } from './envs'

export function addEnvsCommand(program: Command): void {
  program
    .command('envs')
    .description(
      'list the shops: what is observed, what can be done, how long a visit lasts, presets and source; of those named, every option',
    )
    .argument('[name...]', 'shops to tell of, with their options and defaults (default: all shops)')
    .option('--all', 'with the small environments that agents are tested on')
    .option('--json', 'print JSON, with every option and its default')
    .addHelpText('after', '\nExample:\n  $ npx shoplab envs\n  $ npx shoplab envs simshop')
    .action((names: string[], options: EnvsOptions) => (require('./envs') as typeof import('./envs')).envs(names, options))
}
