import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { Status } from '../../../client/connection';
import { useDesk } from '../context';
import { ListStore } from '../list-store';
import { ConnectionState, Problem } from '../parts';
import { hrefOf, type Route } from '../route';
import { useStore } from '../store';
import { Counts } from './counts';
import { Filters } from './filters';
import { Row } from './row';

const ROW = 76;

export function TicketList({
  route,
  create,
  connected,
}: {
  route: Route;
  create(): void;
  connected(status: Status): void;
}) {
  const { api } = useDesk();
  const { filter, order, ticket: open } = route;
  const key = JSON.stringify([filter, order]);
  const store = useMemo(() => new ListStore(api, filter, order), [api, key]);
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);
  const { tickets, isLoading, hasMore, error, connection } = useStore(store);
  useEffect(() => connected(connection), [connection]);

  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => tickets[index]!.id,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (!error && lastShown >= tickets.length - 10) {
      void store.loadMore();
    }
  }, [store, lastShown, tickets.length, hasMore, isLoading, error]);

  const isFiltered = Object.keys(filter).length > 0;
  const isEmpty = tickets.length === 0 && !isLoading && !hasMore && !error;
  return (
    <section className="pane list" aria-label="Tickets">
      <div className="list-head">
        <h2>Tickets</h2>
        <ConnectionState status={connection} />
        <button type="button" className="primary" onClick={create}>
          New ticket
        </button>
      </div>
      <Filters route={route} />
      <Counts tickets={tickets} hasMore={hasMore} />
      {error && <Problem retry={() => void store.loadMore()}>The list could not be read: {error}</Problem>}
      {isEmpty && (
        <p className="empty">
          {isFiltered
            ? 'No ticket is like that. Change the filter, or create one.'
            : 'No tickets yet. Create the first.'}
        </p>
      )}
      <div className="rows" ref={scroller} role="list" aria-busy={isLoading} onKeyDown={moveFocus}>
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
                isOpen={ticket.id === open}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}

/** Arrow keys go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const here = document.activeElement?.getAttribute('data-index');
  if (step !== 0 && here !== null && here !== undefined) {
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-index="${Number(here) + step}"]`)?.focus();
  }
}
