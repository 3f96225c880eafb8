import { isDeepStrictEqual } from 'node:util';
import type { TicketEvent } from '../domain/events';
import { trimmed } from '../domain/portable';
import { remember } from '../domain/recent-commands';
import { brokenRule, normalizeTags, textsOf, tooManyTags } from '../domain/rules';
import { unwritable } from '../functions/project/event-shape';
import type { Fault } from '../functions/project/shape';
import { commandOf, eventField } from './command-of';
import { itemSize, MAX_ITEM_SIZE } from './item-size';

/**
 * What the API would not have written so of an event that it can show; null if nothing. `event` is the stored one as it
 * reads today, `before` the event before it if that is known. The rules are those for commands that hold whatever the
 * ticket's state: whether the command was allowed then is not decided again.
 */
export function notAsWritten(
  stored: Record<string, unknown>,
  event: TicketEvent,
  before: TicketEvent | null,
): Fault | null {
  return (
    unwritable(stored) ??
    brokenText(event) ??
    notNormalized(event) ??
    unchanged(event) ??
    brokenActor(event) ??
    brokenRecentCommands(event, before) ??
    tooLarge(stored)
  );
}

function brokenText(event: TicketEvent): Fault | null {
  const command = commandOf(event);
  const broken = brokenRule(command) ?? tooManyTags('addTags', event.ticket.tags);
  if (broken) {
    const { field, rule } = broken.info as Fault;
    return { field: eventField(event, field), rule };
  }
  const half = textsOf(command).find(({ text }) => !isUnicode(text));
  return half ? { field: eventField(event, half.field), rule: HALF_PAIR } : null;
}

const HALF_PAIR = 'must be Unicode, without halves of surrogate pairs';

function notNormalized({ type, data, ticket }: TicketEvent): Fault | null {
  const title = type === 'TicketCreated' ? data.title : type === 'TicketUpdated' ? data.title?.to : undefined;
  if (title !== undefined && trimmed(title) !== title) {
    return { field: type === 'TicketCreated' ? 'data.title' : 'data.title.to', rule: 'must be trimmed' };
  }
  const lists: Record<string, string[]> = {
    ...(type === 'TicketCreated' && { 'data.tags': data.tags }),
    ...(type === 'TicketUpdated' && data.tags && { 'data.tags.added': data.tags.added }),
    ...(type === 'TicketUpdated' && data.tags && { 'data.tags.removed': data.tags.removed }),
    'ticket.tags': ticket.tags,
  };
  const field = Object.keys(lists).find((name) => !isDeepStrictEqual(normalizeTags(lists[name]!), lists[name]));
  return field === undefined ? null : { field, rule: 'must be trimmed, in lower case, sorted, each tag once' };
}

/** An update that changes nothing has no event, and an event has only what changes. */
function unchanged(event: TicketEvent): Fault | null {
  if (event.type !== 'TicketUpdated') {
    return null;
  }
  const { tags, ...changes } = event.data;
  const same = Object.entries(changes).find(([, { from, to }]) => from === to);
  if (same) {
    return { field: `data.${same[0]}`, rule: 'must change' };
  }
  const tagsChange = tags && tags.added.length + tags.removed.length > 0;
  return tagsChange || Object.keys(changes).length > 0 ? null : { field: 'data', rule: 'must change something' };
}

function brokenActor({ type, data, actor }: TicketEvent): Fault | null {
  if (actor === '' || !isUnicode(actor)) {
    return { field: 'actor', rule: actor === '' ? 'must not be empty' : HALF_PAIR };
  }
  return type === 'TicketCreated' && data.requester !== actor
    ? { field: 'data.requester', rule: 'must be the actor, who created the ticket' }
    : null;
}

function brokenRecentCommands({ recentCommands, commandId, version }: TicketEvent, before: TicketEvent | null) {
  const own = { commandId, version };
  const isRight =
    before || version === 1
      ? isDeepStrictEqual(recentCommands, remember(before?.recentCommands ?? [], own))
      : isDeepStrictEqual(recentCommands.at(-1), own);
  return isRight ? null : { field: 'recentCommands', rule: "must be the ticket's newest commands, this one last" };
}

function tooLarge(stored: Record<string, unknown>): Fault | null {
  const size = itemSize(stored);
  return size <= MAX_ITEM_SIZE
    ? null
    : { field: largestField(stored), rule: `makes an item of ${size} bytes, and DynamoDB takes ${MAX_ITEM_SIZE}` };
}

function largestField(stored: Record<string, unknown>): string {
  const size = (name: string) => itemSize({ [name]: stored[name] });
  return Object.keys(stored).reduce((a, b) => (size(b) > size(a) ? b : a));
}

/** UTF-8 has no half of a surrogate pair: another character would be stored. */
function isUnicode(text: string): boolean {
  return Buffer.from(text).toString() === text;
}
