import type { FormEvent } from 'react';
import type { Status } from '../../client/connection';
import { createTicket } from './commands';
import { useDesk } from './context';
import { useDraft } from './draft';
import { Dialog, Field, Problem } from './parts';
import { useSending } from './send';
import { PRIORITIES, type TicketPriority, type Whole, wordOf } from './tickets';

const EMPTY = { title: '', description: '', priority: 'MEDIUM' as TicketPriority, tags: '', assignee: '' };

export function CreateDialog({
  close,
  created,
  connection,
}: {
  close(): void;
  created(ticket: Whole): void;
  connection: Status;
}) {
  const { api, user } = useDesk();
  const draft = useDraft(`desk.draft.${user.name}.new`, EMPTY);
  const { title, description, priority, tags, assignee } = draft.value;
  const sending = useSending(connection, async () => {
    const ticket = await createTicket(api, {
      title,
      description: description || null,
      priority,
      tags: tags.split(',').filter((tag) => tag.trim() !== ''),
      assignee: assignee.trim() || null,
      commandId: draft.commandId(),
    });
    draft.clear();
    created(ticket);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.send();
  };
  return (
    <Dialog title="New ticket" close={close}>
      <form onSubmit={submit} className="stack">
        <Field label="Title">
          {(id) => (
            <input
              id={id}
              required
              maxLength={200}
              dir="auto"
              value={title}
              onChange={({ target }) => draft.change({ title: target.value })}
            />
          )}
        </Field>
        <Field label="Description">
          {(id) => (
            <textarea
              id={id}
              rows={6}
              maxLength={10_000}
              dir="auto"
              value={description}
              onChange={({ target }) => draft.change({ description: target.value })}
            />
          )}
        </Field>
        <div className="columns">
          <Field label="Priority">
            {(id) => (
              <select
                id={id}
                value={priority}
                onChange={({ target }) => draft.change({ priority: target.value as TicketPriority })}
              >
                {PRIORITIES.map((name) => (
                  <option key={name} value={name}>
                    {wordOf(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Tags" hint="Separated by commas">
            {(id) => (
              <input id={id} dir="auto" value={tags} onChange={({ target }) => draft.change({ tags: target.value })} />
            )}
          </Field>
          {user.isAgent && (
            <Field label="Assignee">
              {(id) => (
                <input
                  id={id}
                  maxLength={128}
                  dir="auto"
                  value={assignee}
                  onChange={({ target }) => draft.change({ assignee: target.value })}
                />
              )}
            </Field>
          )}
        </div>
        {sending.problem && <Problem>{sending.problem}</Problem>}
        <div className="actions">
          {!draft.isEmpty && (
            <button type="button" className="quiet" onClick={() => draft.clear()}>
              Discard
            </button>
          )}
          <button type="submit" className="primary" disabled={sending.isSending}>
            Create ticket
          </button>
        </div>
      </form>
    </Dialog>
  );
}
