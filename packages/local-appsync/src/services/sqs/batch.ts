import { SqsError } from './errors';
import { entriesOf, type Input } from './input';

const MOST_ENTRIES = 10;

/** Does each entry of a batch; one that fails leaves the others alone. Throws SqsError for the batch as a whole. */
export function eachEntry(
  input: Input,
  act: (entry: Input) => object | void,
): { Successful: object[]; Failed: object[] } {
  const entries = entriesOf(input);
  check(entries);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) {
        throw error;
      }
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function check(entries: Input[]): void {
  if (entries.length === 0) {
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MOST_ENTRIES) {
    const message = `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`;
    throw new SqsError('TooManyEntriesInBatchRequest', message);
  }
  const ids = entries.map(({ Id }) => String(Id));
  const bad = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (bad !== undefined) {
    throw new SqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice !== undefined) {
    throw new SqsError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
  }
}
