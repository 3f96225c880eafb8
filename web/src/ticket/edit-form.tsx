import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useDesk } from '../context';
import { draftOf } from '../drafts/drafts';
import { KeptMark } from '../drafts/kept-mark';
import { useDraft } from '../drafts/use-draft';
import { changesIn, type Edit, editOf, rebase } from '../edit';
import { ChoiceField, TextField } from '../fields';
import type { Update } from '../outbox/command';
import { changedFields, wanted } from '../outbox/merge';
import { Sending, useEntry } from '../outbox/sending';
import { Problem } from '../parts';
import { type Event, PRIORITIES, type Whole, wordOf } from '../tickets';
import { useStore } from '../use-store';
import { brokenBy, LIMITS, type Trouble, troubleOf } from '../words';
import { ConflictDialog } from './conflict';

export interface EditDraft extends Edit {
  /** The ticket that the form began with. */
  base: Whole;
  /** The command that saves the form, and the ticket as the form had it when that was pressed. */
  saving?: { commandId: string; pressed: Whole };
}

export function EditForm({ ticket, events, done }: { ticket: Whole; events: Event[]; done(): void }) {
  const { outbox, offers, user, announce, drafts } = useDesk();
  const [opened] = useState(ticket);
  const name = draftOf('edit', ticket.id);
  const draft = useDraft<EditDraft>(name, { ...editOf(opened), base: opened });
  const { base, saving, ...edit } = draft.value;
  const entry = useEntry(saving?.commandId);
  const sent = useStore(outbox).sent.find(({ commandId }) => commandId === saving?.commandId);
  const [broken, setBroken] = useState<Trouble | null>(null);
  const [dismissed, setDismissed] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const finish = () => {
    drafts.clear(name);
    done();
  };
  const send = (update: Update, typed: Edit) => {
    const commandId = outbox.send(update);
    const saving = commandId === null ? undefined : { commandId, pressed: wanted(update) };
    draft.change({ ...typed, base: update.base, saving });
  };
  const supersede = async () => saving && outbox.take(saving.commandId);

  useEffect(() => {
    if (sent && saving) {
      // What was typed since the press is not in what was saved.
      const rest = rebase(edit, saving.pressed, sent.ticket);
      if (Object.keys(changesIn(rest, sent.ticket)).length === 0) {
        finish();
      } else {
        draft.change({ ...rest, base: sent.ticket, saving: undefined });
        announce('Saved. What you typed meanwhile is not saved yet.');
      }
    }
  }, [sent?.commandId]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (entry && !entry.refusal) {
      return;
    }
    const { reason } = edit;
    const changes = changesIn(edit, base);
    const update: Update = { type: 'UpdateTicket', input: { id: ticket.id, ...changes, reason: reason || null }, base };
    const trouble = brokenBy(update);
    setBroken(trouble);
    if (Object.keys(changes).length === 0) {
      finish();
    } else if (!trouble) {
      void supersede().then(() => send(update, edit));
    }
  };
  const cancel = () => {
    void supersede();
    const cleared = drafts.clear<EditDraft>(name);
    if (cleared) {
      offers.add('Your changes are thrown away.', () => drafts.put(name, { ...cleared.value, saving: undefined }));
    }
    done();
  };
  const typed = (change: Partial<Edit>) => {
    setBroken(null);
    draft.change(change);
  };

  const trouble = broken ?? (entry?.refusal ? troubleOf(entry.refusal) : null);
  const errorOf = (field: string) => (trouble?.field === field ? trouble.words : null);
  const conflict = entry?.refusal?.conflict;
  return (
    <form ref={form} className="stack edit" onSubmit={submit} aria-label="Edit ticket" data-home tabIndex={-1}>
      <ColleaguesChange ticket={ticket} base={base} events={events} isSaving={saving !== undefined} />
      <TextField
        label="Title"
        limit={LIMITS.title}
        error={errorOf('title')}
        value={edit.title}
        change={(title) => typed({ title })}
      />
      <TextField
        label="Description"
        rows={8}
        limit={LIMITS.description}
        error={errorOf('description')}
        value={edit.description}
        change={(description) => typed({ description })}
      />
      {user.isAgent && (
        <div className="columns">
          <ChoiceField
            label="Priority"
            value={edit.priority}
            choices={PRIORITIES.map((name) => [name, wordOf(name)])}
            change={(priority) => typed({ priority })}
          />
          <TextField
            label="Assignee"
            limit={LIMITS.assignee}
            error={errorOf('assignee')}
            value={edit.assignee}
            change={(assignee) => typed({ assignee })}
          />
          <TextField
            label="Tags"
            hint="Separated by commas"
            error={errorOf('tags')}
            value={edit.tags}
            change={(tags) => typed({ tags })}
          />
        </div>
      )}
      <TextField
        label={user.isAgent ? 'Why (internal: agents alone see it)' : 'Why'}
        hint="Optional; kept in the history"
        limit={LIMITS.reason}
        error={errorOf('reason')}
        value={edit.reason}
        change={(reason) => typed({ reason })}
      />
      {trouble && !trouble.field && <Problem>{trouble.words}</Problem>}
      <div className="actions">
        {entry && !entry.refusal ? (
          <span className="kept" role="status">
            <Sending entry={entry} />
          </span>
        ) : (
          <KeptMark draft={draft} />
        )}
        <button type="button" className="quiet" onClick={cancel}>
          Cancel
        </button>
        <button type="submit" className="primary" aria-disabled={entry !== undefined && !entry.refusal}>
          Save
        </button>
      </div>
      {conflict && saving?.commandId !== dismissed && (
        <ConflictDialog
          conflict={conflict}
          close={() => setDismissed(saving?.commandId)}
          resolve={(chosen) => {
            const resolved = { ...rebase(edit, base, conflict.theirs), ...chosen };
            const changes = changesIn(resolved, conflict.theirs);
            const input = { id: ticket.id, ...changes, reason: edit.reason || null };
            void supersede().then(() =>
              Object.keys(changes).length === 0
                ? finish()
                : send({ type: 'UpdateTicket', input, base: conflict.theirs }, resolved),
            );
          }}
        />
      )}
    </form>
  );
}

/** Says that somebody saved while this form was open. */
function ColleaguesChange({
  ticket,
  base,
  events,
  isSaving,
}: {
  ticket: Whole;
  base: Whole;
  events: Event[];
  isSaving: boolean;
}) {
  const fields = changedFields(base, ticket);
  const actors = [...new Set(events.filter(({ version }) => version > base.version).map(({ actor }) => actor))];
  return (
    <div role="status">
      {fields.length > 0 && !isSaving && (
        <p className="notice">
          <span>
            <bdi>{actors.join(', ') || 'Somebody'}</bdi> changed {fields.join(', ')} while you edit. What you typed is
            kept. Save puts both together, or asks you.
          </span>
        </p>
      )}
    </div>
  );
}
