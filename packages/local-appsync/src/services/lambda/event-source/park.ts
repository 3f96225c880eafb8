import { exponential } from './backoff';
import { type Discard, type DiscardMetadata, discardMetadata } from './discard';
import { pause } from '../../../shared/pause';

export interface Parking {
  shardId: string;
  streamArn: string;
  functionArn: string;
  /** The failure destination; without one, what is given up on is only logged. */
  onDiscard?: (metadata: DiscardMetadata) => Promise<void>;
  log: (line: string) => void;
  signal: AbortSignal;
}

const retryDelay = exponential(100, 5000);

/**
 * Sends what is given up on to the failure destination, as often as that takes: what cannot be parked is
 * not lost. Resolves to false when the signal aborts first.
 */
export async function park(discard: Discard, parking: Parking): Promise<boolean> {
  const { onDiscard, log, signal } = parking;
  const metadata = discardMetadata(discard, parking, new Date());
  log(`Giving up on ${discard.records.length} records: ${JSON.stringify(metadata)}`);
  if (!onDiscard) {
    return true;
  }

  for (let failures = 1; ; failures++) {
    try {
      await onDiscard(metadata);
      return true;
    } catch (error) {
      if (failures === 1) {
        log(`The failure destination cannot be reached, trying again: ${String(error)}`);
      }
    }
    await pause(retryDelay(failures), signal);
    if (signal.aborted) {
      return false;
    }
  }
}
