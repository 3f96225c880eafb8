import { ticketBefore } from '../domain/changes';
import type { TicketEvent } from '../domain/events';
import { evolve } from '../domain/evolve';
import type { Ticket } from '../domain/ticket';
import { type Item, readStored, storedIn, UnreadableEvent } from '../functions/project/decode';
import { notAsWritten } from './as-written';
import { fieldsThatDiffer } from './fields-that-differ';

/** What is wrong with a ticket's events. */
export interface LogDifference {
  ticketId: string;
  /**
   * A version is missing · it comes again · it is no event that the API can show · it has what the API does not write ·
   * it carries another state than the facts lead to.
   */
  kind: 'version gap' | 'repeated version' | 'unreadable event' | 'broken rule' | 'broken fold';
  version: number;
  /** Of the event, such as `data.title`, where it is one field. */
  field?: string;
  why: string;
}

/** Checks a ticket's events one after the other, in the order of their versions. */
export class HistoryCheck {
  private expected = 1;
  private before: TicketEvent | null = null;
  /** Those that can be read. */
  readonly events: TicketEvent[] = [];

  constructor(private readonly ticketId: string) {}

  /** What is wrong with the next item of the log. */
  item(item: Item): LogDifference[] {
    return this.read(() => storedIn(item), Number(item.version?.N));
  }

  /** What is wrong with the next event as it is stored. */
  stored(stored: Record<string, unknown>): LogDifference[] {
    return this.read(() => stored, Number(stored.version));
  }

  private read(stored: () => Record<string, unknown>, version: number): LogDifference[] {
    const wrong = this.place(version);
    try {
      const read = stored();
      wrong.push(...this.check(read, readStored(read)));
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) {
        throw error;
      }
      this.before = null;
      wrong.push(this.difference('unreadable event', version, error.why, error.field));
    }
    return wrong;
  }

  /** Whether an event of this version belongs here. */
  private place(version: number): LogDifference[] {
    const { expected } = this;
    this.expected = Math.max(expected, Math.floor(version) + 1);
    if (version < expected) {
      return [this.difference('repeated version', version, `version ${version} is there already, or too late`)];
    }
    if (version > expected) {
      const missing = version - 1 > expected ? `versions ${expected} to ${version - 1} are` : `version ${expected} is`;
      return [this.difference('version gap', expected, `${missing} missing`)];
    }
    return [];
  }

  private check(stored: Record<string, unknown>, event: TicketEvent): LogDifference[] {
    const { version } = event;
    // Behind a gap, the state that an event carries is the best there is.
    const before = this.before?.version === version - 1 ? this.before : null;
    const wrong: LogDifference[] = [];
    const fault = notAsWritten(stored, event, before);
    if (fault) {
      wrong.push(this.difference('broken rule', version, `${fault.field} ${fault.rule}`, fault.field));
    }
    const broken = before || version === 1 ? brokenFields(before?.ticket ?? null, event) : [];
    if (broken.length > 0) {
      const fields = broken.join(', ');
      const why = `${fields} is not what the facts lead to`;
      wrong.push(this.difference('broken fold', version, why, fields));
    }
    this.before = event;
    this.events.push(event);
    return wrong;
  }

  private difference(kind: LogDifference['kind'], version: number, why: string, field?: string): LogDifference {
    return { ticketId: this.ticketId, kind, version, ...(field === undefined ? {} : { field }), why };
  }
}

function brokenFields(before: Ticket | null, event: TicketEvent): string[] {
  if ((before === null) !== (event.type === 'TicketCreated')) {
    return ['type'];
  }
  const claimed = ticketBefore(event);
  const broken = [
    ...fieldsThatDiffer(evolve(before, event, event), event.ticket),
    // What the event says was before, as far as an event knows it.
    ...(before && claimed ? fieldsThatDiffer({ ...claimed, updatedAt: before.updatedAt }, before) : []),
  ];
  return [...new Set(broken)].map((field) => `ticket.${field}`);
}
