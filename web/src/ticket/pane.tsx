import { useEffect, useMemo, useState } from 'react';
import { useDesk } from '../context';
import { ConnectionState, Problem } from '../parts';
import { useStore } from '../store';
import { TicketStore } from '../ticket-store';
import { Comments } from './comments';
import { Facts } from './facts';
import { History } from './history';
import { usePast } from './past';
import { Present } from './present';

export function TicketPane({ id, back }: { id: string; back: string }) {
  const { api } = useDesk();
  const store = useMemo(() => new TicketStore(api, id), [api, id]);
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);
  const { ticket, events, phase, error, connection } = useStore(store);
  const [chosen, setChosen] = useState<number | null>(null);
  const past = usePast(store, chosen, ticket?.version);

  if (phase === 'missing') {
    return (
      <section className="pane ticket" aria-label="Ticket">
        <BackLink href={back} />
        <p className="empty">There is no such ticket, or it is not yours.</p>
      </section>
    );
  }
  if (!ticket) {
    return (
      <section className="pane ticket" aria-label="Ticket" aria-busy={phase === 'loading'}>
        <BackLink href={back} />
        {phase === 'failed' ? (
          <Problem retry={() => void store.retry()}>The ticket could not be read: {error}</Problem>
        ) : (
          <p className="empty">Loading…</p>
        )}
      </section>
    );
  }
  const isPast = past !== null && past.version !== ticket.version;
  return (
    <section className="pane ticket" aria-label="Ticket">
      <div className="ticket-head">
        <BackLink href={back} />
        <ConnectionState status={connection} />
      </div>
      {isPast && (
        <p className="notice" role="status">
          This is the ticket as it was at version {past.version}.
          <button type="button" onClick={() => setChosen(null)}>
            Back to now
          </button>
        </p>
      )}
      {isPast ? (
        <Facts ticket={past} />
      ) : (
        <Present key={ticket.id} store={store} ticket={ticket} connection={connection} />
      )}
      <Comments
        store={store}
        connection={connection}
        upTo={isPast ? past.version : ticket.version}
        canComment={!isPast}
      />
      <History
        events={events}
        version={isPast ? past.version : ticket.version}
        choose={(version) => setChosen(version === ticket.version ? null : version)}
      />
    </section>
  );
}

function BackLink({ href }: { href: string }) {
  return (
    <a className="back" href={href}>
      ← All tickets
    </a>
  );
}
