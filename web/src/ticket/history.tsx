import { isInternal, isReasonInternal } from '../../../domain/disclosure';
import { InternalMark, PriorityMark, StatusBadge, Time } from '../parts';
import { type Event, type TicketPriority, type TicketStatus, wordOf } from '../tickets';

const WORDS: Record<string, string> = {
  TicketCreated: 'created the ticket',
  TicketUpdated: 'changed',
  TicketCommented: 'commented',
  TicketNoted: 'wrote an internal note',
  TicketTouched: 'did something that is for agents',
};

/** The events, newest first, each with what it changed; choosing one shows the ticket as it was then. */
export function History({
  events,
  requester,
  version,
  choose,
}: {
  events: Event[];
  requester: string;
  version: number;
  choose(version: number): void;
}) {
  const newest = events.at(-1)?.version ?? 1;
  return (
    <section aria-label="History" className="history">
      <h3>History</h3>
      <div className="field time-travel">
        <label htmlFor="version">
          Version {version} of {newest}
        </label>
        <input
          id="version"
          type="range"
          min={1}
          max={newest}
          value={version}
          aria-valuetext={`Version ${version} of ${newest}, by ${events.find((event) => event.version === version)?.actor ?? 'nobody'}`}
          onChange={({ target }) => choose(Number(target.value))}
        />
      </div>
      <ol reversed className="timeline">
        {[...events].reverse().map((event) => (
          <li key={event.version} className={event.version === version ? 'chosen' : ''}>
            <div className="event-head">
              <button
                type="button"
                className="quiet version"
                aria-pressed={event.version === version}
                aria-label={`v${event.version}, show this version`}
                onClick={() => choose(event.version)}
              >
                v{event.version}
              </button>
              <span>
                <bdi>{event.actor}</bdi> {WORDS[event.type] ?? event.type}
              </span>
              <Time at={event.at} />
            </div>
            {event.reason && (
              <p className={isReasonInternal(event, { requester }) ? 'reason internal' : 'reason'} dir="auto">
                {isReasonInternal(event, { requester }) && <InternalMark />} “{event.reason}”
              </p>
            )}
            {event.comment && (
              <p className={isInternal(event) ? 'event-comment internal' : 'event-comment'} dir="auto">
                {event.comment}
              </p>
            )}
            <dl>
              {event.changes.map(({ field, from, to }) => (
                <div key={field}>
                  <dt>{wordOf(field)}</dt>
                  <dd>
                    {event.type !== 'TicketCreated' && (
                      <>
                        <Value field={field} json={from as string | null} /> <span aria-label="to">→</span>{' '}
                      </>
                    )}
                    <Value field={field} json={to as string | null} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A value of a change, which is JSON. */
function Value({ field, json }: { field: string; json?: string | null }) {
  const value = json === null || json === undefined ? null : (JSON.parse(json) as string | string[] | null);
  if (value === null || value.length === 0) {
    return <em className="none">none</em>;
  }
  if (field === 'status') {
    return <StatusBadge status={value as TicketStatus} />;
  }
  if (field === 'priority') {
    return <PriorityMark priority={value as TicketPriority} />;
  }
  return <bdi>{Array.isArray(value) ? value.join(', ') : value}</bdi>;
}
