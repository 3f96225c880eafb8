/** How far a shard has been handled. */
export type Position =
  | { at: 'start' }
  | { at: 'after'; sequenceNumber: string }
  /** The shard is closed and all of it is handled. */
  | { at: 'end' };

export const START: Position = { at: 'start' };
export const END: Position = { at: 'end' };

export function after(sequenceNumber: string): Position {
  return { at: 'after', sequenceNumber };
}

/**
 * A position as a checkpoint's text. The two words are those that the Kinesis Client Library keeps beside
 * sequence numbers; they cannot be taken for one, as those are digits.
 */
export function encodePosition(position: Position): string {
  switch (position.at) {
    case 'start':
      return 'TRIM_HORIZON';
    case 'end':
      return 'SHARD_END';
    case 'after':
      return position.sequenceNumber;
  }
}

export function decodePosition(text: string): Position {
  if (text === 'TRIM_HORIZON') {
    return START;
  }
  if (text === 'SHARD_END') {
    return END;
  }
  return after(text);
}
