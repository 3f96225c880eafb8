import { isInternal } from '../../../domain/disclosure';
import { useDesk } from '../context';
import { isNote } from '../outbox/command';
import { Sending } from '../outbox/sending';
import { InternalMark, Time } from '../parts';
import type { Event, Whole } from '../tickets';
import { useStore } from '../use-store';
import { troubleOf } from '../words';
import { CommentForm } from './comment-form';

export function Comments({ ticket, events, canComment }: { ticket: Whole; events: Event[]; canComment: boolean }) {
  const comments = events.filter(({ comment }) => comment);
  return (
    <section aria-label="Comments" className="comments" data-home tabIndex={-1}>
      <h3>Comments</h3>
      {comments.length === 0 && <p className="none">Nobody has said anything yet.</p>}
      <ul>
        {comments.map((event) => (
          <li key={event.version} className={isInternal(event) ? 'internal' : ''}>
            <p className="comment-head">
              {isInternal(event) && <InternalMark />} <bdi>{event.actor}</bdi> <Time at={event.at} />
            </p>
            <p className="comment-body" dir="auto">
              {event.comment}
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
      <li key={commandId} className={isNote(command) ? 'unsent internal' : 'unsent'}>
        <p className="comment-head">
          {isNote(command) && <InternalMark />} <bdi>{user.name}</bdi>{' '}
          {refusal ? troubleOf(refusal).words : <Sending entry={entry} />}
        </p>
        <p className="comment-body" dir="auto">
          {command.input.body}
        </p>
      </li>
    ) : null;
  });
}
