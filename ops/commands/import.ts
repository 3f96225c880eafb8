import type { Command } from 'commander';
import { importLog } from '../import';
import { run } from './run';

export function addImport(program: Command): void {
  program
    .command('import')
    .description('append an export to the log, after checking all of it')
    .argument('<file>')
    .option('--dry-run', 'check, and write nothing')
    .action((file: string, { dryRun }: { dryRun?: boolean }) =>
      run(program, {
        what: dryRun ? 'Checking' : 'Importing',
        work: (deployment, progress) => importLog(deployment, file, { dryRun, progress }),
        sentence: ({ events, tickets, alreadyThere }) =>
          `${events} events of ${tickets} tickets ` +
          (dryRun ? 'can be imported.' : `imported, of which ${alreadyThere} were there already.`),
      }),
    );
}
