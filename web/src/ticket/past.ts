import { useEffect, useState } from 'react';
import type { TicketStore } from '../ticket-store';
import type { Whole } from '../tickets';

/** The ticket as of the version that was chosen; null for now. The one before is shown until another is there. */
export function usePast(store: TicketStore, version: number | null, newest: number | undefined): Whole | null {
  const [past, setPast] = useState<Whole | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (version === null || version === newest) {
      setPast(null);
    } else {
      store.asOf(version).then(
        (ticket) => isCurrent && setPast(ticket),
        () => isCurrent && setPast(null),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [store, version, newest]);
  return past;
}
