import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useDesk } from '../context';
import { isShown } from '../focus-keeper';
import { ConnectionState, Problem } from '../parts';
import { go, hrefOf, type Route } from '../route';
import { TicketStore } from '../ticket-store';
import type { Listed } from '../tickets';
import { useStore } from '../use-store';
import { Comments } from './comments';
import { Facts } from './facts';
import { History } from './history';
import { usePast } from './past';
import { PendingTicket } from './pending';
import { Present } from './present';
import { useNews } from './news';

/** The ticket that the address names. One that is still in the outbox goes by its command until it has an id. */
export function TicketPane({ id, route, known }: { id: string; route: Route; known(ticket: Listed): void }) {
  const { entries, sent } = useStore(useDesk().outbox);
  const pending = entries.find(({ commandId }) => commandId === id);
  const created = sent.find(({ commandId, command }) => commandId === id && command.type === 'CreateTicket');
  const newId = created?.ticket.id;
  useEffect(() => {
    if (newId !== undefined && newId !== id) {
      go({ ...route, ticket: newId }, 'replace');
    }
  }, [newId, id]);
  const back = hrefOf({ ...route, ticket: null });
  if (pending?.command.type === 'CreateTicket') {
    return (
      <Pane back={back}>
        <PendingTicket entry={pending} command={pending.command} />
      </Pane>
    );
  }
  return <StoredTicket key={newId ?? id} id={newId ?? id} back={back} known={known} />;
}

function StoredTicket({ id, back, known }: { id: string; back: string; known(ticket: Listed): void }) {
  const { api, outbox } = useDesk();
  const store = useMemo(() => new TicketStore(api, id), [api, id]);
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);
  const { sent } = useStore(outbox);
  useEffect(() => sent.filter(({ ticket }) => ticket.id === id).forEach(({ ticket }) => store.take(ticket)), [sent]);
  const { ticket, events, phase, error, connection, since } = useStore(store);
  const [chosen, setChosen] = useState<number | null>(null);
  const past = usePast(store, chosen, ticket?.version);
  useNews(ticket, events);
  useEffect(() => {
    if (ticket) {
      known(ticket);
    }
  }, [ticket]);

  if (phase === 'missing') {
    return (
      <Pane back={back}>
        <p className="empty">
          There is no such ticket, or it is not yours. Check the link, or choose one from the list.
        </p>
      </Pane>
    );
  }
  if (!ticket) {
    return (
      <Pane back={back} isBusy={!error}>
        {error ? (
          <Problem retry={() => store.retry()}>The ticket could not be read. {error}</Problem>
        ) : (
          <p className="empty">Loading…</p>
        )}
      </Pane>
    );
  }
  const isPast = past !== null && past.version !== ticket.version;
  const shown = isPast ? past : ticket;
  return (
    <Pane back={back} status={<ConnectionState status={connection} since={since} />}>
      {isPast && (
        <p className="notice" role="status">
          This is the ticket as it was at version {past.version}.
          <button type="button" onClick={() => setChosen(null)}>
            Back to now
          </button>
        </p>
      )}
      {isPast ? <Facts ticket={past} /> : <Present ticket={ticket} events={events} />}
      <Comments
        ticket={ticket}
        events={events.filter(({ version }) => version <= shown.version)}
        canComment={!isPast}
      />
      <History
        events={events}
        requester={ticket.requester}
        version={shown.version}
        choose={(version) => setChosen(version === ticket.version ? null : version)}
      />
    </Pane>
  );
}

function Pane({
  back,
  status,
  isBusy,
  children,
}: {
  back: string;
  status?: ReactNode;
  isBusy?: boolean;
  children: ReactNode;
}) {
  const section = useRef<HTMLElement>(null);
  // On a narrow screen the ticket takes the place of the list, which had the focus.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || !isShown(activeElement) || activeElement.contains(section.current)) {
      section.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <section
      ref={section}
      className="pane ticket"
      id="ticket"
      aria-label="Ticket"
      aria-busy={isBusy}
      data-home
      tabIndex={-1}
    >
      <div className="ticket-head">
        <a className="back" href={back}>
          ← All tickets
        </a>
        {status}
      </div>
      {children}
    </section>
  );
}
