import { type FormEvent, useState } from 'react';
import { useDesk } from '../context';
import { draftOf } from '../drafts/drafts';
import { KeptMark } from '../drafts/kept-mark';
import { useDraft } from '../drafts/use-draft';
import { TextField } from '../fields';
import { OFFER_MS } from '../offers';
import type { Comment } from '../outbox/command';
import { Sending } from '../outbox/sending';
import { Time } from '../parts';
import type { Event, Whole } from '../tickets';
import { useStore } from '../use-store';
import { brokenBy, LIMITS, troubleOf } from '../words';

export function Comments({ ticket, events, canComment }: { ticket: Whole; events: Event[]; canComment: boolean }) {
  const comments = events.filter(({ comment }) => comment);
  return (
    <section aria-label="Comments" className="comments" data-home tabIndex={-1}>
      <h3>Comments</h3>
      {comments.length === 0 && <p className="none">Nobody has said anything yet.</p>}
      <ul>
        {comments.map(({ version, actor, at, comment }) => (
          <li key={version}>
            <p className="comment-head">
              <bdi>{actor}</bdi> <Time at={at} />
            </p>
            <p className="comment-body" dir="auto">
              {comment}
            </p>
          </li>
        ))}
        {canComment && <UnsentComments id={ticket.id} />}
      </ul>
      {canComment && <CommentForm ticket={ticket} />}
    </section>
  );
}

/** What this person said and the API does not have yet. */
function UnsentComments({ id }: { id: string }) {
  const { outbox, user } = useDesk();
  return useStore(outbox).entries.map((entry) => {
    const { command, commandId, refusal } = entry;
    return command.type === 'AddComment' && command.input.id === id ? (
      <li key={commandId} className="unsent">
        <p className="comment-head">
          <bdi>{user.name}</bdi> {refusal ? troubleOf(refusal).words : <Sending entry={entry} />}
        </p>
        <p className="comment-body" dir="auto">
          {command.input.body}
        </p>
      </li>
    ) : null;
  });
}

function CommentForm({ ticket }: { ticket: Whole }) {
  const { outbox, announce } = useDesk();
  const draft = useDraft(draftOf('comment', ticket.id), { body: '' });
  const [problem, setProblem] = useState<string | null>(null);
  const { body } = draft.value;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const command: Comment = {
      type: 'AddComment',
      input: { id: ticket.id, body },
      after: ticket.version,
      title: ticket.title,
    };
    const trouble = brokenBy(command);
    setProblem(trouble?.words ?? null);
    // First into the outbox: between the two nothing is nowhere.
    if (!trouble && outbox.send(command, OFFER_MS) !== null) {
      draft.clear();
      announce('The comment is sent in ten seconds. Until then it can be taken back.');
    }
  };
  return (
    <form onSubmit={submit} className="stack">
      <TextField
        label="Add a comment"
        rows={3}
        limit={LIMITS.body}
        error={problem}
        value={body}
        change={(body) => {
          setProblem(null);
          draft.change({ body });
        }}
      />
      <div className="actions">
        <KeptMark draft={draft} />
        <button type="submit">Comment</button>
      </div>
    </form>
  );
}
