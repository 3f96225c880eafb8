import { useState } from 'react';
import { useDesk } from '../context';
import { draftOf } from '../drafts/drafts';
import type { Event, Whole } from '../tickets';
import { useStore } from '../use-store';
import { EditForm } from './edit-form';
import { Facts } from './facts';
import { StatusButtons } from './status-buttons';

/** The ticket as it is now, with what can be done to it. */
export function Present({ ticket, events }: { ticket: Whole; events: Event[] }) {
  const { drafts } = useDesk();
  const [isEditing, setEditing] = useState(false);
  // A form that was open before a reload is open after it.
  const hasDraft = useStore(drafts).kept.has(draftOf('edit', ticket.id));
  return isEditing || hasDraft ? (
    <EditForm ticket={ticket} events={events} done={() => setEditing(false)} />
  ) : (
    <>
      <Facts ticket={ticket} />
      <div className="actions start">
        <button type="button" onClick={() => setEditing(true)}>
          Edit
        </button>
        <StatusButtons ticket={ticket} />
      </div>
    </>
  );
}
