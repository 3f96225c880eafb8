import type { ReactNode } from 'react';
import { useDesk } from '../context';
import { useNow } from '../use-now';
import { useStore } from '../use-store';
import type { Entry } from './command';

/** The entry of a command while it is in the outbox. */
export function useEntry(commandId: string | undefined): Entry | undefined {
  return useStore(useDesk().outbox).entries.find((entry) => entry.commandId === commandId);
}

/** How a command that is not refused fares. */
export function Sending({ entry }: { entry: Entry }): ReactNode {
  const { isServerAway } = useStore(useDesk().outbox);
  const isHeld = entry.due > Date.now() && entry.attempts === 0;
  const now = useNow(isHeld ? 500 : null);
  if (isHeld) {
    return `Sent in ${Math.max(1, Math.ceil((entry.due - now) / 1000))} s`;
  }
  return isServerAway || entry.attempts > 1 ? 'Not sent yet: waiting for the server' : 'Sending…';
}
