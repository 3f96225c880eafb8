import { useState } from 'react';
import type { Status } from '../../../client/connection';
import { useDesk } from '../context';
import type { TicketStore } from '../ticket-store';
import type { Whole } from '../tickets';
import { EditForm } from './edit-form';
import { Facts } from './facts';
import { StatusButtons } from './status-buttons';

export function Present({ store, ticket, connection }: { store: TicketStore; ticket: Whole; connection: Status }) {
  const { user } = useDesk();
  const draftKey = `desk.draft.${user.name}.edit.${ticket.id}`;
  // A form that was open before a reload is open after it.
  const [isEditing, setEditing] = useState(() => localStorage.getItem(draftKey) !== null);
  return isEditing ? (
    <EditForm
      store={store}
      ticket={ticket}
      connection={connection}
      draftKey={draftKey}
      done={() => setEditing(false)}
    />
  ) : (
    <>
      <Facts ticket={ticket} />
      <div className="actions start">
        <button type="button" onClick={() => setEditing(true)}>
          Edit
        </button>
        <StatusButtons store={store} ticket={ticket} connection={connection} />
      </div>
    </>
  );
}
