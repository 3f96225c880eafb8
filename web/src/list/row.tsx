import { PriorityMark, StatusBadge, Time } from '../parts';
import type { Listed } from '../tickets';

/** A ticket in the list. */
export function Row({
  ticket,
  index,
  start,
  href,
  isOpen,
  isCurrent,
  hasDraft,
  focused,
}: {
  ticket: Listed;
  index: number;
  /** From the top of the list, in pixels. */
  start: number;
  href: string;
  isOpen: boolean;
  /** Whether Tab goes to it. */
  isCurrent: boolean;
  hasDraft: boolean;
  focused(): void;
}) {
  return (
    <div role="listitem" className="row" style={{ transform: `translateY(${start}px)` }}>
      <a
        href={href}
        aria-current={isOpen ? 'true' : undefined}
        data-index={index}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={focused}
      >
        <bdi className="row-title">{ticket.title}</bdi>
        <span className="row-facts">
          <StatusBadge status={ticket.status} />
          <PriorityMark priority={ticket.priority} />
          <span className="row-people">
            <bdi>{ticket.requester}</bdi>
            {ticket.assignee && (
              <>
                {' → '}
                <bdi>{ticket.assignee}</bdi>
              </>
            )}
          </span>
          {ticket.commentCount > 0 && <CommentCount count={ticket.commentCount} />}
          {hasDraft && <span className="kept">Draft</span>}
          <Time at={ticket.updatedAt} isShort />
        </span>
      </a>
    </div>
  );
}

function CommentCount({ count }: { count: number }) {
  return (
    <span className="comment-count">
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path
          d="M2 2.5h12v8.5H7.5L4 14v-3H2z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      </svg>
      {count}
      <span className="spoken"> comments</span>
    </span>
  );
}
