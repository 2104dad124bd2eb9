/** `shoplab agents`: what may be typed. */
import type { Command } from 'commander'
import type { AgentsOptions } from './agents'

export function addAgentsCommand(program: Command): void {
  program
    .command('agents')
    .description(
      'list the agents: what each does, the actions it can choose, its source; of those named, every option and the shops it serves',
    )
    .argument('[name...]', 'agents to tell of, with their options and shops (default: all agents, in short)')
    .option('--all', 'tell of all agents as if they were named')
    .option('--json', 'print JSON, with every option, its default and what is allowed, and the shops')
    .addHelpText('after', '\nExample:\n  $ npx shoplab agents\n  $ npx shoplab agents double-dqn\n  $ npx shoplab agents --json')
    .action((names: string[], options: AgentsOptions) => (require('./agents') as typeof import('./agents')).agents(names, options))
}
