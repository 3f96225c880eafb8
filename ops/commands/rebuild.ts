import type { Command } from 'commander';
import { type Rebuild, rebuild } from '../rebuild';
import { verify } from '../verify';
import { viewOf } from '../view-table';
import { run } from './run';
import { wordsOf } from './verify';

export function addRebuild(program: Command): void {
  program
    .command('rebuild')
    .description('make the view anew from the log, while others write; nothing is pushed')
    .option('--into <table>', 'fill another table than the view, of the shape that this code has, and compare')
    .option('--dry-run', 'count, and write nothing')
    .action(({ into, dryRun }: { into?: string; dryRun?: boolean }) =>
      run(program, {
        what: 'Rebuilding',
        work: async (deployment, progress, tell) => {
          const target = await viewOf(deployment, into);
          const unreadable = (why: string) => tell({ unreadable: why }, why);
          const rebuilt = await rebuild(target, { dryRun, progress, unreadable });
          if (into === undefined || dryRun) {
            return { ...rebuilt, differences: 0 };
          }
          const found = (difference: Parameters<typeof wordsOf>[0]) => tell(difference, wordsOf(difference));
          return { ...rebuilt, differences: (await verify(target, { found })).differences };
        },
        sentence: (result) => rebuilt(result, into),
        isWell: ({ unreadable, differences }) => unreadable === 0 && differences === 0,
      }),
    );
}

export function rebuilt(result: Rebuild & { differences: number }, into: string | undefined): string {
  const { events, tickets, comments, orphans, unreadable, differences } = result;
  return (
    `${events} events: ${tickets} tickets, ${comments} comments, ${orphans} orphans removed, ` +
    `${unreadable} events that can't be read${into === undefined ? '' : `, ${differences} differences in ${into}`}.`
  );
}
