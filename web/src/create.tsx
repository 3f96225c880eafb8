import { type FormEvent, useState } from 'react';
import { useDesk } from './context';
import { NEW_TICKET } from './drafts/drafts';
import { KeptMark } from './drafts/kept-mark';
import { useDraft } from './drafts/use-draft';
import { ChoiceField, TextField } from './fields';
import { OFFER_MS } from './offers';
import type { Create } from './outbox/command';
import { Dialog, Problem } from './parts';
import { PRIORITIES, type TicketPriority, wordOf } from './tickets';
import { brokenBy, LIMITS, type Trouble } from './words';

export const EMPTY_TICKET = {
  title: '',
  description: '',
  priority: 'MEDIUM' as TicketPriority,
  tags: '',
  assignee: '',
};

export function CreateDialog({ close, created }: { close(): void; created(commandId: string): void }) {
  const { outbox, drafts, user } = useDesk();
  const draft = useDraft(NEW_TICKET, EMPTY_TICKET);
  const { title, description, priority, tags, assignee } = draft.value;
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [thrownAway, setThrownAway] = useState<typeof EMPTY_TICKET | null>(null);
  const errorOf = (field: string) => (trouble?.field === field ? trouble.words : null);
  const typed = (change: Partial<typeof EMPTY_TICKET>) => {
    setTrouble(null);
    draft.change(change);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const command: Create = {
      type: 'CreateTicket',
      input: {
        title,
        description: description || null,
        priority,
        tags: tags.split(',').filter((tag) => tag.trim() !== ''),
        assignee: assignee.trim() || null,
      },
    };
    const broken = brokenBy(command);
    setTrouble(broken);
    const commandId = broken ? null : outbox.send(command, OFFER_MS);
    if (commandId !== null) {
      draft.clear();
      created(commandId);
    }
  };
  const undo = () => {
    drafts.put(NEW_TICKET, thrownAway);
    setThrownAway(null);
  };
  return (
    <Dialog title="New ticket" close={close}>
      <form onSubmit={submit} className="stack">
        <TextField
          label="Title"
          limit={LIMITS.title}
          error={errorOf('title')}
          value={title}
          change={(title) => typed({ title })}
        />
        <TextField
          label="Description"
          rows={6}
          limit={LIMITS.description}
          error={errorOf('description')}
          value={description}
          change={(description) => typed({ description })}
        />
        <div className="columns">
          <ChoiceField
            label="Priority"
            value={priority}
            choices={PRIORITIES.map((name) => [name, wordOf(name)])}
            change={(priority) => typed({ priority })}
          />
          <TextField
            label="Tags"
            hint="Separated by commas"
            error={errorOf('tags')}
            value={tags}
            change={(tags) => typed({ tags })}
          />
          {user.isAgent && (
            <TextField
              label="Assignee"
              limit={LIMITS.assignee}
              error={errorOf('assignee')}
              value={assignee}
              change={(assignee) => typed({ assignee })}
            />
          )}
        </div>
        {trouble && !trouble.field && <Problem>{trouble.words}</Problem>}
        <div className="actions">
          <KeptMark draft={draft} />
          {draft.typedAt !== null && (
            <button type="button" className="quiet" onClick={() => setThrownAway(draft.clear()?.value ?? null)}>
              Discard
            </button>
          )}
          {thrownAway !== null && draft.typedAt === null && (
            <button type="button" onClick={undo}>
              Undo discard
            </button>
          )}
          <button type="submit" className="primary">
            Create ticket
          </button>
        </div>
      </form>
    </Dialog>
  );
}
