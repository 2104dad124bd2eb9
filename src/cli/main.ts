/**
 * The command line: which commands there are, and how their errors read. The work is done in the other rooms.
 *
 * A command's own work is loaded by `require` when it is called, so that --help does not wait for it (a relative import() would be
 * resolved by Node, which knows no TypeScript, and not by tsx).
 */
import { Command, CommanderError } from 'commander'
import { version } from '../package.json'
import { addAgentsCommand } from './agents-command'
import { addDataCommand } from './data-command'
import { addDoctorCommand } from './doctor-command'
import { addEnvsCommand } from './envs-command'
import { addEvaluateCommand } from './evaluate-command'
import { explain } from './explain'
import { addLogCommand } from './log-command'
import { addNotebooksCommand } from './notebooks-command'
import { addOffPolicyCommand } from './off-policy-command'
import { addPlayCommand } from './play-command'
import { addRecommendCommand } from './recommend-command'
import { addSweepCommand } from './sweep-command'
import { addTrainCommand } from './train-command'

/** The exit code for what was typed wrong, as most shells have it. */
const USAGE = 2

export function shoplab(): Command {
  const program = new Command('npx shoplab')
    .description('Reinforcement learning for recommendation: make a shop, train an agent in it, ask it for recommendations.')
    .version(version, '-V, --version', 'print the version')
    .showHelpAfterError('(npx shoplab --help lists the commands, npx shoplab COMMAND --help their options)')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx shoplab train --episodes 300 --out runs/first\n  $ npx shoplab recommend runs/first --user 42 --k 5',
    )
    .exitOverride()
  const commands = [
    addDataCommand,
    addEnvsCommand,
    addAgentsCommand,
    addPlayCommand,
    addTrainCommand,
    addEvaluateCommand,
    addSweepCommand,
    addRecommendCommand,
    addLogCommand,
    addOffPolicyCommand,
    addNotebooksCommand,
    addDoctorCommand,
  ]
  for (const add of commands) add(program)
  return program
}

/** Runs a command. Sets the exit code: 0 done, 1 an error, 2 typed wrong, 130 interrupted. */
export async function main(words: readonly string[] = process.argv.slice(2)): Promise<void> {
  // `shoplab … | head` closes our output early; that is nobody's error.
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit()
    })
  }
  try {
    await shoplab().parseAsync([...words], { from: 'user' })
  } catch (error) {
    // Commander has said what was wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE
    else {
      process.stderr.write(`${explain(error)}\n`)
      process.exitCode = 1
    }
  }
}
