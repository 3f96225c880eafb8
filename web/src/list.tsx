import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Status } from '../../client/connection';
import { useDesk } from './context';
import { ListStore } from './list-store';
import { ConnectionState, Field, PriorityMark, Problem, StatusBadge, Time } from './parts';
import { go, hrefOf, type Route } from './route';
import { useStore } from './store';
import { type Filter, PRIORITIES, STATUSES, wordOf } from './tickets';

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
              <div role="listitem" key={ticket.id} className="row" style={{ transform: `translateY(${start}px)` }}>
                <a
                  href={hrefOf({ ...route, ticket: ticket.id })}
                  aria-current={ticket.id === open ? 'true' : undefined}
                  data-index={index}
                >
                  <bdi className="row-title">{ticket.title}</bdi>
                  <span className="row-facts">
                    <StatusBadge status={ticket.status} />
                    <PriorityMark priority={ticket.priority} />
                    <span className="row-people">
                      <bdi>{ticket.requester}</bdi>
                      {ticket.assignee && (
                        <>
                          {' → '}
                          <bdi>{ticket.assignee}</bdi>
                        </>
                      )}
                    </span>
                    {ticket.commentCount > 0 && <CommentCount count={ticket.commentCount} />}
                    <Time at={ticket.updatedAt} />
                  </span>
                </a>
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function CommentCount({ count }: { count: number }) {
  return (
    <span className="comment-count">
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path
          d="M2 2.5h12v8.5H7.5L4 14v-3H2z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      </svg>
      {count}
      <span className="spoken"> comments</span>
    </span>
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

function Counts({ tickets, hasMore }: { tickets: { status: string }[]; hasMore: boolean }) {
  const counts = STATUSES.map(
    (status) => [status, tickets.filter((ticket) => ticket.status === status).length] as const,
  );
  return (
    <p className="counts" aria-label="How many are loaded">
      {counts.map(([status, count]) => (
        <span key={status}>
          {wordOf(status)} <strong>{count}</strong>
        </span>
      ))}
      {hasMore && <span>of what is loaded</span>}
    </p>
  );
}

/** Text is applied when the typing stops for a moment. */
const TYPING_MS = 300;

function Filters({ route }: { route: Route }) {
  const { filter, order } = route;
  const set = (change: Filter) => go({ ...route, filter: { ...filter, ...change } });
  const [isOpen, setOpen] = useState(() => !!(filter.requester ?? filter.tag ?? filter.updatedSince));
  return (
    <form className="filters" role="search" aria-label="Filter tickets" onSubmit={(event) => event.preventDefault()}>
      <TypedFilter label="Title" value={filter.titleContains} set={(titleContains) => set({ titleContains })} />
      <Field label="Status">
        {(id) => (
          <select
            id={id}
            value={filter.status ?? ''}
            onChange={({ target }) => set({ status: (target.value || null) as never })}
          >
            <option value="">Any</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {wordOf(status)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TypedFilter label="Assignee" value={filter.assignee} set={(assignee) => set({ assignee })} />
      <button type="button" className="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        More filters
      </button>
      {isOpen && (
        <>
          <TypedFilter label="Requester" value={filter.requester} set={(requester) => set({ requester })} />
          <TypedFilter label="Tag" value={filter.tag} set={(tag) => set({ tag })} />
          <Field label="Priority">
            {(id) => (
              <select
                id={id}
                value={filter.priority ?? ''}
                onChange={({ target }) => set({ priority: (target.value || null) as never })}
              >
                <option value="">Any</option>
                {PRIORITIES.map((priority) => (
                  <option key={priority} value={priority}>
                    {wordOf(priority)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Changed since">
            {(id) => (
              <input
                id={id}
                type="date"
                value={filter.updatedSince?.slice(0, 10) ?? ''}
                onChange={({ target }) => set({ updatedSince: target.value ? `${target.value}T00:00:00.000Z` : null })}
              />
            )}
          </Field>
          <Field label="Order">
            {(id) => (
              <select id={id} value={order} onChange={({ target }) => go({ ...route, order: target.value as 'ASC' })}>
                <option value="DESC">Newest change first</option>
                <option value="ASC">Oldest change first</option>
              </select>
            )}
          </Field>
        </>
      )}
    </form>
  );
}

function TypedFilter({ label, value, set }: { label: string; value?: string | null; set(value: string | null): void }) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    const timer = setTimeout(() => text !== (value ?? '') && set(text || null), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          type="search"
          value={text}
          maxLength={128}
          dir="auto"
          onChange={({ target }) => setText(target.value)}
        />
      )}
    </Field>
  );
}
