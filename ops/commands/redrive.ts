import type { Command } from 'commander';
import { redrive, type RedrivenLetter } from '../redrive';
import { run } from './run';

export function addRedrive(program: Command): void {
  program
    .command('redrive')
    .description('take the dead letters, and hand their events to the projector again')
    .option('--dry-run', 'tell what they are about, and leave them in the queue')
    .action(({ dryRun = false }: { dryRun?: boolean }) =>
      run(program, {
        what: 'Looking',
        work: (deployment, progress, tell) =>
          redrive(deployment, { dryRun, progress, letter: (letter) => tell(letter, outcomeOf(letter, dryRun)) }),
        sentence: ({ letters, events, kept }) => `${letters} letters with ${events} events; ${kept} stay in the queue.`,
        isWell: ({ kept }) => dryRun || kept === 0,
      }),
    );
}

/** A letter in a line: its events, and what became of it. */
export function outcomeOf({ messageId, events, refused, error }: RedrivenLetter, dryRun: boolean): string {
  const outcome = error ?? (refused.length > 0 ? `refused: ${refused.join(', ')}` : dryRun ? 'kept' : 'done');
  return `${messageId}: ${events.join(', ') || 'no event that the log has'}; ${outcome}`;
}
