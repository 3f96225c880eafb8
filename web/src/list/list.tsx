import { useEffect, useMemo, useRef } from 'react';
import { useDesk } from '../context';
import { ListStore } from '../list-store';
import { ConnectionState, Problem } from '../parts';
import type { Route } from '../route';
import type { Listed } from '../tickets';
import { useStore } from '../use-store';
import { foundWords } from '../words';
import { Counts } from './counts';
import { Filters } from './filters';
import { Rows } from './rows';

export function TicketList({ route, create, opened }: { route: Route; create(): void; opened: Listed | null }) {
  const { api, announce } = useDesk();
  const { filter, order } = route;
  const key = JSON.stringify([filter, order]);
  const store = useMemo(() => new ListStore(api, filter, order), [api, key]);
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);
  const { tickets, isLoading, hasMore, error, connection, since } = useStore(store);
  const isKnown = tickets.length > 0 || (!isLoading && !hasMore);
  useEffect(() => {
    if (opened && isKnown) {
      store.place(opened);
    }
  }, [store, opened, isKnown]);

  const isFiltered = Object.keys(filter).length > 0;
  const announced = useRef<ListStore | null>(null);
  useEffect(() => {
    // The first list is no news; the first after a filter is.
    if (isKnown && announced.current !== store) {
      if (isFiltered || announced.current !== null) {
        announce(foundWords(tickets.length, hasMore));
      }
      announced.current = store;
    }
  }, [store, isKnown]);
  return (
    <section className="pane list" aria-label="Tickets" data-home tabIndex={-1}>
      {route.ticket !== null && (
        <a className="skip" href={location.hash} onClick={toTicket}>
          Skip to the ticket
        </a>
      )}
      <div className="list-head">
        <h2>Tickets</h2>
        <ConnectionState status={connection} since={since} />
        <button type="button" className="primary" onClick={create}>
          New ticket
        </button>
      </div>
      <Filters route={route} />
      <Counts tickets={tickets} hasMore={hasMore} isKnown={isKnown} />
      {route.ignored.length > 0 && (
        <Problem>
          The link asks for {route.ignored.join(', ')}, which the desk does not know. The list is without it.
        </Problem>
      )}
      {error && <Problem retry={() => void store.loadMore()}>The list could not be read. {error}</Problem>}
      {isKnown && tickets.length === 0 && !error && (
        <p className="empty">
          {isFiltered
            ? 'No ticket is like that. Change the filter, or create one.'
            : 'No tickets yet. Create the first.'}
        </p>
      )}
      <Rows store={store} route={route} />
    </section>
  );
}

function toTicket(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('ticket')?.focus();
}
