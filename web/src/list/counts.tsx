import { type Listed, STATUSES, wordOf } from '../tickets';

/** How many there are by status: of all that meet the filter, or of those that are loaded. */
export function Counts({
  tickets,
  hasMore,
  isKnown,
}: {
  tickets: readonly Listed[];
  hasMore: boolean;
  isKnown: boolean;
}) {
  const counts = STATUSES.map(
    (status) => [status, tickets.filter((ticket) => ticket.status === status).length] as const,
  ).filter(([, count]) => count > 0);
  const all = tickets.length === 1 ? 'The only ticket:' : `All ${tickets.length} tickets:`;
  const what = hasMore ? `The first ${tickets.length} tickets:` : all;
  return (
    <p className="counts">
      {isKnown && tickets.length > 0 && (
        <>
          <span>{what}</span>
          {counts.map(([status, count]) => (
            <span key={status}>
              {wordOf(status)} <strong>{count}</strong>
            </span>
          ))}
        </>
      )}
    </p>
  );
}
