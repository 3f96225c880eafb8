import { useEffect, useState } from 'react';
import type { Status } from '../../../client/connection';
import { updateTicket } from '../commands';
import { useDesk } from '../context';
import { useDraft } from '../draft';
import { Problem } from '../parts';
import { useSending } from '../send';
import type { TicketStore } from '../ticket-store';
import { offeredTo, type TicketStatus, type Whole } from '../tickets';

const VERBS: Record<TicketStatus, string> = {
  OPEN: 'Reopen',
  IN_PROGRESS: 'Start work',
  ON_HOLD: 'Put on hold',
  RESOLVED: 'Resolve',
  CLOSED: 'Close',
};

export function StatusButtons({
  store,
  ticket,
  connection,
}: {
  store: TicketStore;
  ticket: Whole;
  connection: Status;
}) {
  const { api, user, announce } = useDesk();
  const draft = useDraft<{ status?: TicketStatus }>(`desk.draft.${user.name}.status.${ticket.id}`, {});
  const [wanted, setWanted] = useState<TicketStatus | null>(null);
  const sending = useSending(connection, async () => {
    store.take(await updateTicket(api, { id: ticket.id, status: draft.value.status, commandId: draft.commandId() }));
    draft.clear();
    announce('The status is changed.');
  });
  useEffect(() => {
    if (wanted !== null) {
      setWanted(null);
      sending.send();
    }
  }, [wanted]);
  return (
    <>
      <div role="group" aria-label="Change status" className="statuses">
        {offeredTo(user.isAgent, ticket).map((status) => (
          <button
            key={status}
            type="button"
            disabled={sending.isSending}
            onClick={() => {
              draft.change({ status });
              setWanted(status);
            }}
          >
            {status === 'OPEN' && ticket.status !== 'CLOSED' && ticket.status !== 'RESOLVED'
              ? 'Back to open'
              : VERBS[status]}
          </button>
        ))}
      </div>
      {sending.problem && <Problem>{sending.problem}</Problem>}
    </>
  );
}
