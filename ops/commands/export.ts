import type { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { exportLog } from '../export';
import { OpsError } from '../ops-error';
import { run } from './run';

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the log as JSON Lines')
    .argument('<file>')
    .action((file: string) =>
      run(program, {
        what: 'Exporting',
        work: async (deployment, progress) => {
          const output = createWriteStream(file, { flags: 'wx' });
          const done = finished(output);
          const events = await Promise.race([
            exportLog(deployment, output, progress).then((events) => (output.end(), events)),
            done.then(() => 0),
          ]).catch((error: NodeJS.ErrnoException) => {
            throw error.code === 'EEXIST' ? new OpsError(`${file} is there already. Name another file.`) : error;
          });
          await done;
          return { events, file };
        },
        sentence: ({ events }) => `${events} events written to ${file}.`,
      }),
    );
}
