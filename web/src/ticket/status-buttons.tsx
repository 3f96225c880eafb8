import { useEffect, useState } from 'react';
import { useDesk } from '../context';
import type { Entry } from '../outbox/command';
import { Problem } from '../parts';
import { offeredTo, type TicketStatus, type Whole } from '../tickets';
import { useStore } from '../use-store';
import { troubleOf } from '../words';

const VERBS: Record<TicketStatus, string> = {
  OPEN: 'Reopen',
  IN_PROGRESS: 'Start work',
  ON_HOLD: 'Put on hold',
  RESOLVED: 'Resolve',
  CLOSED: 'Close',
};

/** The second click of a double click meets other buttons in the same place. */
const SETTLING_MS = 700;

export function StatusButtons({ ticket }: { ticket: Whole }) {
  const { outbox, user } = useDesk();
  const mine = useStore(outbox).entries.filter((entry) => changesStatus(entry, ticket.id));
  const isChanging = useSettling(
    mine.some(({ refusal }) => !refusal),
    ticket.status,
  );
  return (
    <>
      <div role="group" aria-label="Change status" className="statuses" data-home tabIndex={-1} aria-busy={isChanging}>
        {offeredTo(user.isAgent, ticket).map((status) => (
          <button
            key={status}
            type="button"
            // Not disabled: a button that is loses the focus.
            aria-disabled={isChanging}
            onClick={() => {
              if (!isChanging) {
                mine.forEach(({ commandId }) => void outbox.take(commandId));
                outbox.send({ type: 'UpdateTicket', input: { id: ticket.id, status }, base: ticket });
              }
            }}
          >
            {status === 'OPEN' && ticket.status !== 'CLOSED' && ticket.status !== 'RESOLVED'
              ? 'Back to open'
              : VERBS[status]}
          </button>
        ))}
      </div>
      {mine.map(({ commandId, refusal }) => refusal && <Problem key={commandId}>{troubleOf(refusal).words}</Problem>)}
    </>
  );
}

function changesStatus({ command }: Entry, id: string): boolean {
  return command.type === 'UpdateTicket' && command.input.id === id && !!command.input.status;
}

/** Whether something changes, or has changed a moment ago. */
function useSettling(isChanging: boolean, status: TicketStatus): boolean {
  const [seen, setSeen] = useState(status);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(status), SETTLING_MS);
    return () => clearTimeout(timer);
  }, [status]);
  return isChanging || seen !== status;
}
