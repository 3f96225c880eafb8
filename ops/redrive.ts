import { batchIn } from './dead-batch';
import type { Deployment } from './deployment';
import { eventsOf, itemsAt } from './events-of-batch';
import { type HandedOver, handOver, nameOf } from './hand-over';
import { type Letter, Letters } from './letters';
import { refusedIn } from './refused-letter';
import type { Progress } from './scan';

export interface RedriveOptions {
  /** Tell what would be done, and leave the letters where they are. */
  dryRun?: boolean;
  progress?: Progress;
  /** Hears of each letter. */
  letter?: (letter: RedrivenLetter) => void;
}

/** A letter that was tried. `error` is why it stays in the queue, if no event was refused. */
export interface RedrivenLetter extends HandedOver {
  messageId: string;
  /** What the letter is about: `ticketId version`. */
  events: string[];
}

export interface Redrive {
  letters: number;
  events: number;
  /** Letters that stay in the queue. */
  kept: number;
}

const FOREIGN =
  'it tells of no batch of a stream and of no refused change, so it is not from the projector: move it elsewhere';
const NOT_FOUND =
  'its events are not in the stream any more, nor all in the log at their time: run rebuild, then delete the letter';

/**
 * Takes each dead letter once, reads the events that it is about from the log and hands them to the projector. A letter
 * goes once all of its events are projected; the others stay in the queue.
 */
export async function redrive(deployment: Deployment, options: RedriveOptions = {}): Promise<Redrive> {
  const { letter: told = () => undefined, dryRun = false } = options;
  const result: Redrive = { letters: 0, events: 0, kept: 0 };
  const letters = new Letters(deployment);
  try {
    for (let letter = await letters.next(); letter; letter = await letters.next()) {
      const tried = await attempt(letter, deployment, options);
      if (!dryRun && tried.refused.length === 0 && tried.error === undefined) {
        await letters.remove(letter);
      }
      result.letters += 1;
      result.events += tried.events.length;
      told(tried);
    }
    result.kept = letters.kept;
  } finally {
    await letters.putBack();
  }
  return result;
}

async function attempt(
  { MessageId: messageId, Body }: Letter,
  deployment: Deployment,
  { dryRun, progress }: RedriveOptions,
): Promise<RedrivenLetter> {
  const refused = refusedIn(Body);
  const batch = batchIn(Body);
  if (!refused && !batch) {
    return { messageId, events: [], refused: [], error: FOREIGN };
  }
  const items = batch ? await eventsOf(batch, deployment, { progress }) : await itemsAt([refused!], deployment);
  if (!items || items.length === 0) {
    return { messageId, events: [], refused: [], error: NOT_FOUND };
  }
  const letter = { messageId, events: items.map(nameOf), refused: [] };
  return dryRun ? letter : { ...letter, ...(await handOver(items, deployment)) };
}
