import type { Outcome } from '../types';
import { EarlyReturn, RaisedError } from './interrupts';

/** The name every AppSync resolver goes by in its error messages. */
const CODE_FILE = 'code.js';
/** Where an error without a place in the code is reported. */
const NOWHERE = '1:1';
const FRAME = new RegExp(`^\\s+at .*\\b${CODE_FILE.replace('.', '\\.')}:(\\d+:\\d+)\\)?$`, 'm');

// Room for guest frames and array callbacks above the frame of resolver code.
Error.stackTraceLimit = 100;

/** A handler that failed of itself; the host says where, as only it knows the code before it was rewritten. */
export interface Fault {
  kind: 'fault';
  /** "line:column" of the rewritten code. */
  place: string;
  text: string;
}
export type GuestOutcome = Outcome | Fault;

/** "line:column" of the innermost frame that is resolver code. */
export function placeInCode(error: Error): string {
  const stack = error.stack ?? '';
  // The message is the user's text; it must not be taken for a frame.
  const frames = stack.slice(stack.indexOf(error.message) + error.message.length);
  return FRAME.exec(frames)?.[1] ?? NOWHERE;
}

/** What a handler that did not return left behind. Rethrows what is not of this realm: a fault of the host. */
export function outcomeOfThrown(thrown: unknown): GuestOutcome {
  if (thrown instanceof RaisedError) {
    return { kind: 'error', error: thrown.error };
  }
  if (thrown instanceof EarlyReturn) {
    return { kind: 'earlyReturn', value: thrown.value, skipTo: thrown.skipTo };
  }
  if (!(thrown instanceof Error)) {
    throw thrown;
  }
  const [text = ''] = thrown.message.split('\n');
  return { kind: 'fault', place: placeInCode(thrown), text: `${thrown.name}: ${text}` };
}
