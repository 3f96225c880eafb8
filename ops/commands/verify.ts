import type { Command } from 'commander';
import type { Difference } from '../compare';
import { type Verification, verify } from '../verify';
import { viewOf } from '../view-table';
import { wholeNumber } from '../whole-number';
import { run } from './run';

interface Options {
  repair?: boolean;
  view?: string;
  patience: number;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'check every event of the log, fold them, and compare the view with them; exit 1 if something is wrong',
    )
    .option('--repair', 'make the view what the log says')
    .option('--view <table>', 'another table than the view')
    .option(
      '--patience <seconds>',
      'how long to wait without progress before lag counts as a difference',
      wholeNumber,
      10,
    )
    .action(({ repair, view, patience }: Options) =>
      run(program, {
        what: 'Verifying',
        work: async (deployment, progress, tell) =>
          verify(await viewOf(deployment, view), {
            repair,
            patience: patience * 1000,
            progress,
            found: (difference) => tell(difference, wordsOf(difference)),
          }),
        sentence: verified,
        isWell: ({ differences, repaired }) => differences === repaired,
      }),
    );
}

export function verified({ events, tickets, differences, repaired }: Verification): string {
  const found = differences === 0 ? 'no difference' : `${differences} differences, ${repaired} repaired`;
  return `${events} events of ${tickets} tickets: ${found}.`;
}

export function wordsOf({ ticketId, kind, version, why }: Difference): string {
  return `${ticketId} version ${version}: ${kind}: ${why}`;
}
