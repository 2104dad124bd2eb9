/** `shoplab doctor`: each part of the laboratory, ok or what to do. */
import type { Command } from 'commander'
import { runScript } from './run-script'

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('list each part of the laboratory (Node, Python, TensorFlow, kernel, JupyterLab, Chromium) with ok or what to do')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npx shoplab doctor')
    .action((options: { json?: boolean }) => runScript('doctor.mjs', options.json ? ['--json'] : []))
}
