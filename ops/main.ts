import { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Deployment, openDeployment, type Target } from './deployment';
import { exportLog } from './export';
import { importLog } from './import';
import { load } from './load';
import { OpsError } from './ops-error';
import { Bar } from './progress';
import { rebuild, type RebuildOptions, withView } from './rebuild';
import { redrive } from './redrive';
import type { Progress } from './scan';
import { verify } from './verify';
import { wholeNumber } from './whole-number';

// The SDK's word on old versions of Node is for those who maintain this, not for those who run it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** All is well · there is something to look at, which was told · the command could not do its work. */
const EXIT = { ok: 0, found: 1, failed: 2 };

interface Globals extends Target {
  json?: boolean;
}

const program = new Command('ops')
  .description('Operations on a running system: the local one, or a deployed one with the usual AWS credentials.')
  .option('--outputs <file>', 'a deployed system: what `cdk deploy --outputs-file` wrote')
  .option('--data <folder>', 'the local system whose data is there', '.data')
  .option('--json', 'results as JSON on stdout, a line each')
  .exitOverride();

/** Runs a command's work with a bar, prints its result, and sets the exit code. */
async function run<T extends object>(
  what: string,
  work: (deployment: Deployment, progress: Progress, tell: (line: object, words: string) => void) => Promise<T>,
  sentence: (result: T) => string,
  isWell: (result: T) => boolean = () => true,
): Promise<void> {
  const { json, ...target } = program.opts<Globals>();
  const bar = new Bar(what);
  const tell = (line: object, words: string) => console.log(json ? JSON.stringify(line) : words);
  try {
    const result = await work(openDeployment(target), bar.update, tell);
    bar.stop();
    tell(result, sentence(result));
    process.exitCode = isWell(result) ? EXIT.ok : EXIT.found;
  } finally {
    bar.stop();
  }
}

program
  .command('verify')
  .description(
    'fold the whole log, compare it with the states that events carry and with the view; exit 1 if they differ',
  )
  .option('--repair', 'make the view what the log says')
  .option('--view <table>', 'another table than the view')
  .option(
    '--patience <seconds>',
    'how long the projector may come on with nothing before what it lacks is a difference',
    wholeNumber,
    10,
  )
  .action((options: { repair?: boolean; view?: string; patience: number }) =>
    run(
      'Verifying',
      async (deployment, progress, tell) =>
        verify(await viewOf(deployment, options.view), {
          repair: options.repair,
          patience: options.patience * 1000,
          progress,
          found: (difference) => tell(difference, wordsOf(difference)),
        }),
      ({ events, tickets, differences, repaired }) =>
        `${events} events of ${tickets} tickets: ` +
        (differences === 0 ? 'no difference.' : `${differences} differences, ${repaired} repaired.`),
      ({ differences, repaired }) => differences === repaired,
    ),
  );

program
  .command('rebuild')
  .description('make the view anew from the log, while others write; nothing is pushed')
  .option('--into <table>', 'fill another table than the view, of the shape that this code has, and compare')
  .option('--dry-run', 'count, and write nothing')
  .action(({ into, dryRun }: { into?: string; dryRun?: boolean }) =>
    run(
      'Rebuilding',
      async (deployment, progress, tell) => {
        const target = await viewOf(deployment, into);
        const options: RebuildOptions = { dryRun, progress, unreadable: (why) => tell({ unreadable: why }, why) };
        const rebuilt = await rebuild(target, options);
        const found = (difference: Parameters<typeof wordsOf>[0]) => tell(difference, wordsOf(difference));
        const compared = into !== undefined && !dryRun ? await verify(target, { found }) : { differences: 0 };
        return { ...rebuilt, differences: compared.differences };
      },
      ({ events, tickets, comments, orphans, unreadable, differences }) =>
        `${events} events: ${tickets} tickets, ${comments} comments, ${orphans} orphans removed, ` +
        `${unreadable} events that can't be read${into === undefined ? '' : `, ${differences} differences in ${into}`}.`,
      ({ unreadable, differences }) => unreadable === 0 && differences === 0,
    ),
  );

program
  .command('redrive')
  .description('take the dead letters, and hand their events to the projector again')
  .option('--dry-run', 'tell what they are about, and leave them in the queue')
  .action(({ dryRun }: { dryRun?: boolean }) =>
    run(
      'Looking',
      (deployment, progress, tell) =>
        redrive(deployment, {
          dryRun,
          progress,
          letter: (letter) => {
            const { messageId, events, refused, error } = letter;
            const outcome = error ?? (refused.length > 0 ? `refused: ${refused.join(', ')}` : dryRun ? 'kept' : 'done');
            tell(letter, `${messageId}: ${events.join(', ') || 'no event that the log has'}; ${outcome}`);
          },
        }),
      ({ letters, events, kept }) => `${letters} letters with ${events} events; ${kept} stay in the queue.`,
      ({ kept }) => dryRun === true || kept === 0,
    ),
  );

program
  .command('load')
  .description('write tickets with realistic histories into the log, the same ones for the same seed')
  .option('--tickets <number>', 'how many; five events each on average', wholeNumber, 1000)
  .option('--seed <number>', 'which ones', wholeNumber, 1)
  .option('--dry-run', 'make them, and write nothing')
  .action((options: { tickets: number; seed: number; dryRun?: boolean }) =>
    run(
      'Loading',
      (deployment, progress) => load(deployment, { ...options, progress }),
      ({ tickets, events, alreadyThere }) =>
        `${tickets} tickets with ${events} events, of which ${alreadyThere} were there already.`,
    ),
  );

program
  .command('export')
  .description('write the log as JSON Lines')
  .argument('<file>')
  .action((file: string) =>
    run(
      'Exporting',
      async (deployment, progress) => {
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
      ({ events }) => `${events} events written to ${file}.`,
    ),
  );

program
  .command('import')
  .description('append an export to the log, after checking all of it')
  .argument('<file>')
  .option('--dry-run', 'check, and write nothing')
  .action((file: string, { dryRun }: { dryRun?: boolean }) =>
    run(
      dryRun ? 'Checking' : 'Importing',
      (deployment, progress) => importLog(deployment, file, { dryRun, progress }),
      ({ events, tickets, alreadyThere }) =>
        `${events} events of ${tickets} tickets ${dryRun ? 'are good to be imported' : `imported, of which ${alreadyThere} were there already`}.`,
    ),
  );

function viewOf(deployment: Deployment, table: string | undefined): Promise<Deployment> {
  return table === undefined ? Promise.resolve(deployment) : withView(deployment, table);
}

function wordsOf({ ticketId, kind, why }: { ticketId: string; kind: string; why: string }): string {
  return `${ticketId}: ${kind}: ${why}`;
}

/** Errors that a person can do something about are told in one line; others are ours, and come with their stack. */
function report(error: unknown): void {
  const code = (error as { code?: string }).code;
  if (code?.startsWith('commander.')) {
    process.exitCode = (error as { exitCode: number }).exitCode === 0 ? EXIT.ok : EXIT.failed;
    return;
  }
  process.exitCode = EXIT.failed;
  if (error instanceof OpsError) {
    console.error(error.message);
  } else if (code === 'ECONNREFUSED') {
    console.error('Nothing answers there any more: is the system running?');
  } else {
    console.error(error);
  }
}

program.parseAsync().catch(report);
