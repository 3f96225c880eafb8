import type { FormEvent } from 'react';
import type { Status } from '../../../client/connection';
import { addComment } from '../commands';
import { useDesk } from '../context';
import { useDraft } from '../draft';
import { Field, Problem, Time } from '../parts';
import { useSending } from '../send';
import { useStore } from '../store';
import type { TicketStore } from '../ticket-store';

export function Comments({
  store,
  connection,
  upTo,
  canComment,
}: {
  store: TicketStore;
  connection: Status;
  upTo: number;
  canComment: boolean;
}) {
  const { api, user, announce } = useDesk();
  const { events } = useStore(store);
  const comments = events.filter(({ comment, version }) => comment && version <= upTo);
  const draft = useDraft(`desk.draft.${user.name}.comment.${store.id}`, { body: '' });
  const { body } = draft.value;
  const sending = useSending(connection, async () => {
    store.take(await addComment(api, { id: store.id, body, commandId: draft.commandId() }));
    draft.clear();
    announce('The comment is added.');
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.send();
  };
  return (
    <section aria-label="Comments" className="comments">
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
      </ul>
      {canComment && (
        <form onSubmit={submit} className="stack">
          <Field label="Add a comment">
            {(id) => (
              <textarea
                id={id}
                required
                rows={3}
                maxLength={5000}
                dir="auto"
                value={body}
                onChange={({ target }) => draft.change({ body: target.value })}
              />
            )}
          </Field>
          {sending.problem && <Problem>{sending.problem}</Problem>}
          <div className="actions">
            <button type="submit" disabled={sending.isSending}>
              Comment
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
