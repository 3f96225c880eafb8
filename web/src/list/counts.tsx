import { STATUSES, wordOf } from '../tickets';

export function Counts({ tickets, hasMore }: { tickets: { status: string }[]; hasMore: boolean }) {
  const counts = STATUSES.map(
    (status) => [status, tickets.filter((ticket) => ticket.status === status).length] as const,
  );
  return (
    <p className="counts" aria-label="How many are loaded">
      {counts.map(([status, count]) => (
        <span key={status}>
          {wordOf(status)} <strong>{count}</strong>
        </span>
      ))}
      {hasMore && <span>of what is loaded</span>}
    </p>
  );
}
