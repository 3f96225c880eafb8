import type { TicketCommand } from './commands';
import { type TicketError, validationError } from './errors';
import type { TicketStatus } from './ticket';

const TRANSITIONS: Record<TicketStatus, TicketStatus[]> = {
  OPEN: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED'],
  IN_PROGRESS: ['OPEN', 'ON_HOLD', 'RESOLVED', 'CLOSED'],
  ON_HOLD: ['OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED'],
  RESOLVED: ['OPEN', 'CLOSED'],
  CLOSED: ['OPEN'],
};

export function allowedTransitions(from: TicketStatus): TicketStatus[] {
  return TRANSITIONS[from];
}

export const MAX_TAGS = 20;

/** Trimmed, lower case, sorted, without duplicates. */
export function normalizeTags(tags: string[]): string[] {
  const normalized: string[] = [];
  for (const tag of tags) {
    const name = normalizeTag(tag);
    if (normalized.indexOf(name) < 0) {
      normalized.push(name);
    }
  }
  normalized.sort();
  return normalized;
}

export function normalizeTag(tag: string): string {
  return tag.trim().toLowerCase();
}

/**
 * The rules that a command must meet whatever the ticket's state; null if it meets them all.
 * Lengths are in UTF-16 code units, as in JavaScript, Java and HTML's maxlength.
 */
export function brokenRule(command: TicketCommand): TicketError | null {
  const envelope =
    lengthOutside('id', command.ticketId, 1, 128) ?? lengthOutside('commandId', command.commandId, 1, 128);
  if (envelope) {
    return envelope;
  }
  if (command.type === 'AddComment') {
    return lengthOutside('body', command.body, 1, 5000);
  }
  if (command.title === null) {
    return validationError('title', 'cannot be cleared');
  }
  const text =
    lengthOutside('title', command.title?.trim(), 1, 200, ' after trimming') ??
    lengthOutside('description', command.description, 0, 10000) ??
    lengthOutside('assignee', command.assignee, 1, 128);
  if (text) {
    return text;
  }
  if (command.type === 'CreateTicket') {
    return brokenTagRule('tags', command.tags) ?? tooManyTags('tags', normalizeTags(command.tags ?? []));
  }
  if (command.status === null) {
    return validationError('status', 'cannot be cleared');
  }
  if (command.priority === null) {
    return validationError('priority', 'cannot be cleared');
  }
  return (
    lengthOutside('reason', command.reason, 0, 1000) ??
    brokenTagRule('addTags', command.addTags) ??
    brokenTagRule('removeTags', command.removeTags) ??
    tagsOnBothSides(command.addTags ?? [], command.removeTags ?? [])
  );
}

export function tooManyTags(field: string, tags: string[]): TicketError | null {
  return tags.length > MAX_TAGS ? validationError(field, `at most ${MAX_TAGS} tags on a ticket`) : null;
}

/** A page's size: 1 to 100. */
export function brokenLimit(limit: number | null | undefined): TicketError | null {
  const outside = limit !== null && limit !== undefined && (limit < 1 || limit > 100);
  return outside ? validationError('limit', 'must be 1 to 100') : null;
}

/** The field's name is what the error tells. */
export function lengthOutside(
  field: string,
  text: string | null | undefined,
  least: number,
  most: number,
  after = '',
): TicketError | null {
  if (text === null || text === undefined || (text.length >= least && text.length <= most)) {
    return null;
  }
  return validationError(
    field,
    least === 0 ? `at most ${most} characters` : `must have ${least} to ${most} characters${after}`,
  );
}

export function brokenTagRule(field: string, tags: string[] | null | undefined): TicketError | null {
  for (const tag of tags ?? []) {
    const broken = lengthOutside(field, normalizeTag(tag), 1, 40, ' a tag after trimming');
    if (broken) {
      return broken;
    }
  }
  return null;
}

function tagsOnBothSides(added: string[], removed: string[]): TicketError | null {
  const removedTags = normalizeTags(removed);
  const both = normalizeTags(added).find((tag) => removedTags.indexOf(tag) >= 0);
  return both === undefined ? null : validationError('removeTags', `cannot remove a tag that addTags adds (${both})`);
}
