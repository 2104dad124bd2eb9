/** `shoplab notebooks`: runs notebooks without a browser, as tests do and as the committed outputs were made. */
import type { Command } from 'commander'
import { wholeNumber } from './options'
import { runScript } from './run-script'

interface RunOptions {
  readonly quick?: boolean
  readonly timeout?: number
  readonly write?: boolean
  readonly json?: boolean
}

export function addNotebooksCommand(program: Command): void {
  const notebooks = program.command('notebooks').description('run notebooks without a browser')
  notebooks
    .command('run')
    .description('run notebooks from top to bottom; an error, a type error or a cell past its limit ends with a code other than 0')
    .argument('<file...>', 'notebooks, .ipynb')
    .option('--quick', 'few episodes, as the tests do')
    .option('--timeout <seconds>', 'limit for each cell', wholeNumber(1))
    .option('--write', 'save the outputs in the notebooks')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npx shoplab notebooks run notebooks/00-quickstart.ipynb --quick')
    .action((files: string[], { quick, timeout, write, json }: RunOptions) =>
      runScript('notebooks.mjs', [
        'run',
        ...files,
        ...(quick ? ['--quick'] : []),
        ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
        ...(write ? ['--write'] : []),
        ...(json ? ['--json'] : []),
      ]),
    )
  notebooks
    .command('reproduce')
    .description('run notebooks in full, save their outputs, and write figures/')
    .argument('[file...]', 'notebooks, .ipynb; all of notebooks/ unless told')
    .option('--timeout <seconds>', 'limit for each cell', wholeNumber(1))
    .option('--keep-tables', 'take the tables that notebooks read as they are')
    .addHelpText('after', '\nExample:\n  $ npx shoplab notebooks reproduce')
    .action((files: string[], { timeout, keepTables }: RunOptions & { readonly keepTables?: boolean }) =>
      runScript('notebooks.mjs', [
        'reproduce',
        ...files,
        ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
        ...(keepTables ? ['--keep-tables'] : []),
      ]),
    )
}
