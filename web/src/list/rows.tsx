import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useDesk } from '../context';
import { draftOf } from '../drafts/drafts';
import { isShown } from '../focus-keeper';
import type { ListStore } from '../list-store';
import { hrefOf, type Route } from '../route';
import { useStore } from '../use-store';
import { placeAfter } from './keys';
import { Row } from './row';

const ROW = 76;

/** The rows that are in sight. Tab goes to one of them and then out of the list; the arrow keys go from row to row. */
export function Rows({ store, route }: { store: ListStore; route: Route }) {
  const { tickets, isLoading, hasMore, error } = useStore(store);
  const { drafts } = useDesk();
  const { kept } = useStore(drafts);
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(route.ticket);
  const isMoving = useRef(false);
  const place = Math.max(
    0,
    tickets.findIndex(({ id }) => id === current),
  );
  const rows = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => tickets[index]!.id,
    overscan: 8,
    // The row that Tab goes to is there even if it is out of sight: it may have the focus.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), place])].sort((a, b) => a - b),
  });
  const shown = rows.getVirtualItems().filter(({ index }) => index < tickets.length);
  const lastShown = rows.range?.endIndex ?? -1;
  useEffect(() => {
    if (!error && lastShown >= tickets.length - 10) {
      void store.loadMore();
    }
  }, [store, lastShown, tickets.length, hasMore, isLoading, error]);
  useEffect(() => {
    if (isMoving.current) {
      isMoving.current = false;
      scroller.current?.querySelector<HTMLElement>(`[data-index="${place}"]`)?.focus({ preventScroll: true });
    }
  });
  // Whoever leaves a ticket comes back to its row, which is drawn a moment later if the list was out of sight.
  const wasOpen = useRef(route.ticket);
  const isReturning = useRef(false);
  useEffect(() => {
    isReturning.current = route.ticket === null && (isReturning.current || wasOpen.current !== null);
    wasOpen.current = route.ticket;
    const row = scroller.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (isReturning.current && row && isShown(row)) {
      isReturning.current = false;
      if (isNowhere(document.activeElement)) {
        row.focus();
      }
    }
  });
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const inSight = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW));
    const next = placeAfter(event.key, place, tickets.length, inSight);
    if (next !== null) {
      event.preventDefault();
      isMoving.current = true;
      rows.scrollToIndex(next);
      setCurrent(tickets[next]!.id);
    }
  };
  return (
    <div className="rows" ref={scroller} role="list" aria-busy={isLoading} onKeyDown={move}>
      <div className="rows-space" style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const ticket = tickets[index]!;
          return (
            <Row
              key={ticket.id}
              ticket={ticket}
              index={index}
              start={start}
              href={hrefOf({ ...route, ticket: ticket.id })}
              isOpen={ticket.id === route.ticket}
              isCurrent={index === place}
              hasDraft={kept.has(draftOf('edit', ticket.id)) || kept.has(draftOf('comment', ticket.id))}
              focused={() => setCurrent(ticket.id)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Whether what had the focus is gone. The page as a whole may have it by now. */
function isNowhere(focused: Element | null): boolean {
  return focused === null || focused === document.body || focused.matches('main') || !isShown(focused);
}
