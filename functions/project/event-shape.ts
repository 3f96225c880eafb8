import {
  type Change,
  EVENT_SCHEMA,
  type EventEnvelope,
  type RecentCommand,
  type TicketCommented,
  type TicketCreated,
  type TicketFact,
  type TicketNoted,
  type TicketUpdated,
} from '../../domain/events';
import type { Ticket, TicketPriority, TicketStatus } from '../../domain/ticket';
import { type Fault, list, nullable, object, oneOf, optional, type Shape, text, time, wholeNumber } from './shape';

export const KNOWN_TYPES: Record<TicketFact['type'], true> = {
  TicketCreated: true,
  TicketUpdated: true,
  TicketCommented: true,
  TicketNoted: true,
};
const STATUSES: Record<TicketStatus, true> = {
  OPEN: true,
  IN_PROGRESS: true,
  ON_HOLD: true,
  RESOLVED: true,
  CLOSED: true,
};
const PRIORITIES: Record<TicketPriority, true> = { LOW: true, MEDIUM: true, HIGH: true, URGENT: true };

const status = oneOf(STATUSES);
const priority = oneOf(PRIORITIES);

type EventShapes = Record<TicketFact['type'], Shape>;

interface Detail {
  /** Other fields are faults, too. */
  isExact: boolean;
  commandId: Shape;
  recentCommands: Shape;
}

/** An event as far as the API shows it: what is not like this would be an error in every answer that it is part of. */
const SHOWN = everySchema({
  isExact: false,
  // Commands alone read these.
  commandId: () => null,
  recentCommands: () => null,
});

/** An event with all that the API writes, and nothing else. */
const WRITTEN = everySchema({
  isExact: true,
  commandId: text,
  recentCommands: list(object<RecentCommand>({ commandId: text, version: wholeNumber(1) }, { isExact: true })),
});

/** What of a stored event the API can't show; null if it can show all of it. Of a known type and schema. */
export function unshowable(stored: Record<string, unknown>): Fault | null {
  return SHOWN(stored, '');
}

/** What a stored event lacks, or has otherwise than the API writes it; null if nothing. Of a known type and schema. */
export function unwritable(stored: Record<string, unknown>): Fault | null {
  return WRITTEN(stored, '');
}

function everySchema(detail: Detail): Shape {
  const shapes = Array.from({ length: EVENT_SCHEMA }, (_, i) => eventShapes(detail, i + 1));
  return (value, field) => {
    const { schema, type } = value as EventEnvelope & TicketFact;
    // The shape itself refuses a schema that is no whole number.
    return shapes[Math.floor(schema) - 1]![type](value, field);
  };
}

function eventShapes(detail: Detail, schema: number): EventShapes {
  const count = wholeNumber(0);
  const { isExact, commandId, recentCommands } = detail;
  const fields = <T>(shapes: { [Field in keyof T]-?: Shape }) => object<T>(shapes, { isExact });
  const change = <T>(value: Shape) => optional(fields<Change<T>>({ from: value, to: value }));
  const data: EventShapes = {
    TicketCreated: fields<TicketCreated>({
      title: text,
      description: nullable(text),
      status,
      priority,
      tags: list(text),
      assignee: nullable(text),
      requester: text,
    }),
    TicketUpdated: fields<TicketUpdated>({
      title: change(text),
      description: change(nullable(text)),
      status: change(status),
      priority: change(priority),
      assignee: change(nullable(text)),
      tags: optional(fields<NonNullable<TicketUpdated['tags']>>({ added: list(text), removed: list(text) })),
    }),
    TicketCommented: fields<TicketCommented>({ body: text }),
    TicketNoted: fields<TicketNoted>({ body: text }),
  };
  const ticket = fields<Ticket>({
    id: text,
    version: wholeNumber(1),
    title: text,
    description: nullable(text),
    status,
    priority,
    tags: list(text),
    assignee: nullable(text),
    requester: text,
    // Schema 1 knew no comments, and schemas 1 to 3 no notes.
    commentCount: schema < 2 ? optional(count) : count,
    noteCount: schema < 4 ? optional(count) : count,
    createdAt: time,
    updatedAt: time,
  });
  const event = (type: TicketFact['type']) =>
    fields<EventEnvelope & TicketFact>({
      ticketId: text,
      version: wholeNumber(1),
      type: text,
      schema: wholeNumber(1),
      at: time,
      actor: text,
      commandId,
      reason: optional(nullable(text)),
      data: data[type],
      ticket,
      recentCommands,
    });
  return {
    TicketCreated: event('TicketCreated'),
    TicketUpdated: event('TicketUpdated'),
    TicketCommented: event('TicketCommented'),
    TicketNoted: event('TicketNoted'),
  };
}
