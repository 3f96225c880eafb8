import { type FormEvent, useId, useState } from 'react';
import { useDesk } from '../context';
import { type CommentDraft, draftOf } from '../drafts/drafts';
import { KeptMark } from '../drafts/kept-mark';
import { useDraft } from '../drafts/use-draft';
import { TextField } from '../fields';
import { OFFER_MS } from '../offers';
import type { Comment } from '../outbox/command';
import type { Whole } from '../tickets';
import { brokenBy, LIMITS } from '../words';

const NOTHING: CommentDraft = { body: '', isNote: false };

/** Agents choose between a comment and an internal note. The choice is part of the draft, so a note stays a note. */
export function CommentForm({ ticket }: { ticket: Whole }) {
  const { outbox, user, announce } = useDesk();
  const draft = useDraft(draftOf('comment', ticket.id), NOTHING);
  const [problem, setProblem] = useState<string | null>(null);
  const { body, isNote } = draft.value;
  const name = isNote ? 'internal note' : 'comment';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const command: Comment = {
      type: 'AddComment',
      input: { id: ticket.id, body, visibility: isNote ? 'INTERNAL' : 'PUBLIC' },
      after: ticket.version,
      title: ticket.title,
    };
    const trouble = brokenBy(command);
    setProblem(trouble?.words ?? null);
    // First into the outbox: between the two nothing is nowhere.
    if (!trouble && outbox.send(command, OFFER_MS) !== null) {
      draft.clear();
      announce(`The ${name} is sent in ten seconds. Until then it can be taken back.`);
    }
  };
  return (
    <form onSubmit={submit} className={isNote ? 'stack internal' : 'stack'}>
      {(user.isAgent || isNote) && (
        <Switch
          isNote={isNote}
          choose={(chosen) => {
            if (chosen || body !== '') {
              draft.change({ isNote: chosen });
            } else {
              draft.clear();
            }
          }}
        />
      )}
      <TextField
        label={`Add ${isNote ? 'an' : 'a'} ${name}`}
        hint={isNote ? 'Agents alone see it.' : undefined}
        rows={3}
        limit={LIMITS.body}
        error={problem}
        value={body}
        change={(changed) => {
          setProblem(null);
          draft.change({ body: changed });
        }}
      />
      <div className="actions">
        <KeptMark draft={draft} />
        <button type="submit">{isNote ? 'Add internal note' : 'Comment'}</button>
      </div>
    </form>
  );
}

function Switch({ isNote, choose }: { isNote: boolean; choose(isNote: boolean): void }) {
  const name = useId();
  return (
    <fieldset className="switch">
      <legend>Who sees it</legend>
      <label>
        <input type="radio" name={name} checked={!isNote} onChange={() => choose(false)} />
        Comment
      </label>
      <label>
        <input type="radio" name={name} checked={isNote} onChange={() => choose(true)} />
        Internal note
      </label>
    </fieldset>
  );
}
