import { PriorityMark, StatusBadge, Time } from '../parts';
import type { Whole } from '../tickets';

export function Facts({ ticket }: { ticket: Whole }) {
  return (
    <>
      <h2 className="title" dir="auto">
        {ticket.title}
      </h2>
      <p className="row-facts">
        <StatusBadge status={ticket.status} />
        <PriorityMark priority={ticket.priority} />
        {ticket.tags.map((tag) => (
          <bdi key={tag} className="tag">
            {tag}
          </bdi>
        ))}
      </p>
      <dl className="people">
        <div>
          <dt>Requester</dt>
          <dd>
            <bdi>{ticket.requester}</bdi>
          </dd>
        </div>
        <div>
          <dt>Assignee</dt>
          <dd>{ticket.assignee ? <bdi>{ticket.assignee}</bdi> : <em className="none">nobody</em>}</dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <Time at={ticket.createdAt} />
          </dd>
        </div>
        <div>
          <dt>Changed</dt>
          <dd>
            <Time at={ticket.updatedAt} />
          </dd>
        </div>
      </dl>
      {ticket.description ? (
        <p className="description" dir="auto">
          {ticket.description}
        </p>
      ) : (
        <p className="none">No description.</p>
      )}
    </>
  );
}
