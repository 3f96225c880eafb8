import { type FormEvent, useEffect, useState } from 'react';
import type { Status } from '../../../client/connection';
import { ApiError } from '../api';
import { updateTicket } from '../commands';
import { useDesk } from '../context';
import { useDraft } from '../draft';
import { changesIn, clashes, type Edit, editOf, rebase } from '../edit';
import { Field, Problem } from '../parts';
import { useSending } from '../send';
import type { TicketStore } from '../ticket-store';
import { PRIORITIES, type TicketPriority, type Whole, wordOf } from '../tickets';
import { type Conflict, ConflictDialog } from './conflict';

interface EditDraft extends Edit {
  /** The ticket that the form began with. */
  base: Whole;
}

export function EditForm({
  store,
  ticket,
  connection,
  draftKey,
  done,
}: {
  store: TicketStore;
  ticket: Whole;
  connection: Status;
  draftKey: string;
  done(): void;
}) {
  const { api, user, announce } = useDesk();
  const [opened] = useState(ticket);
  const draft = useDraft<EditDraft>(draftKey, { ...editOf(opened), base: opened });
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [merge, setMerge] = useState<Edit | null>(null);
  const { base, ...edit } = draft.value;

  const finish = () => {
    draft.clear();
    done();
  };
  const sending = useSending(
    connection,
    async () => {
      const changes = changesIn(edit, base);
      if (Object.keys(changes).length > 0) {
        store.take(
          await updateTicket(api, {
            ...changes,
            id: ticket.id,
            expectedVersion: base.version,
            reason: edit.reason || null,
            commandId: draft.commandId(),
          }),
        );
        announce('The ticket is saved.');
      }
      finish();
    },
    (error: ApiError) => {
      if (error.type !== 'VersionConflict') {
        return false;
      }
      void meet(Number(error.info?.currentVersion));
      return true;
    },
  );
  /** Somebody was faster. What does not touch the same fields is put together without asking. */
  const meet = async (version: number) => {
    await store.reach(version);
    const theirs = await store.asOf(version);
    if (!theirs) {
      return;
    }
    const found = clashes(edit, base, theirs);
    const merged = rebase(edit, base, theirs);
    draft.change({ ...merged, base: theirs });
    if (found.length === 0) {
      setMerge(merged);
      return;
    }
    const actor = store.state().events.find((event) => event.version === version)?.actor ?? 'Somebody';
    setConflict({ clashes: found, merged, actor, version });
  };
  useEffect(() => {
    if (merge) {
      setMerge(null);
      sending.send();
    }
  }, [merge]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.send();
  };
  return (
    <form className="stack edit" onSubmit={submit} aria-label="Edit ticket">
      <Field label="Title">
        {(id) => (
          <input
            id={id}
            required
            maxLength={200}
            dir="auto"
            value={edit.title}
            onChange={({ target }) => draft.change({ title: target.value, base })}
          />
        )}
      </Field>
      <Field label="Description">
        {(id) => (
          <textarea
            id={id}
            rows={8}
            maxLength={10_000}
            dir="auto"
            value={edit.description}
            onChange={({ target }) => draft.change({ description: target.value, base })}
          />
        )}
      </Field>
      {user.isAgent && (
        <div className="columns">
          <Field label="Priority">
            {(id) => (
              <select
                id={id}
                value={edit.priority}
                onChange={({ target }) => draft.change({ priority: target.value as TicketPriority, base })}
              >
                {PRIORITIES.map((name) => (
                  <option key={name} value={name}>
                    {wordOf(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Assignee">
            {(id) => (
              <input
                id={id}
                maxLength={128}
                dir="auto"
                value={edit.assignee}
                onChange={({ target }) => draft.change({ assignee: target.value, base })}
              />
            )}
          </Field>
          <Field label="Tags" hint="Separated by commas">
            {(id) => (
              <input
                id={id}
                dir="auto"
                value={edit.tags}
                onChange={({ target }) => draft.change({ tags: target.value, base })}
              />
            )}
          </Field>
        </div>
      )}
      <Field label="Why" hint="Optional; kept in the history">
        {(id) => (
          <input
            id={id}
            maxLength={1000}
            dir="auto"
            value={edit.reason}
            onChange={({ target }) => draft.change({ reason: target.value, base })}
          />
        )}
      </Field>
      {sending.problem && <Problem>{sending.problem}</Problem>}
      <div className="actions">
        <button type="button" className="quiet" onClick={finish}>
          Cancel
        </button>
        <button type="submit" className="primary" disabled={sending.isSending}>
          Save
        </button>
      </div>
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          close={() => setConflict(null)}
          resolve={(resolved) => {
            setConflict(null);
            draft.change(resolved);
            setMerge(resolved);
          }}
        />
      )}
    </form>
  );
}
