import type { Command } from 'commander';
import { load } from '../load';
import { wholeNumber } from '../whole-number';
import { run } from './run';

export function addLoad(program: Command): void {
  program
    .command('load')
    .description('write tickets with realistic histories into the log, the same ones for the same seed')
    .option('--tickets <number>', 'how many; five events each on average', wholeNumber, 1000)
    .option('--seed <number>', 'which ones', wholeNumber, 1)
    .option('--dry-run', 'make them, and write nothing')
    .action((options: { tickets: number; seed: number; dryRun?: boolean }) =>
      run(program, {
        what: 'Loading',
        work: (deployment, progress) => load(deployment, { ...options, progress }),
        sentence: ({ tickets, events, alreadyThere }) =>
          `${tickets} tickets with ${events} events, of which ${alreadyThere} were there already.`,
      }),
    );
}
