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
  const envelope = brokenId(command.ticketId) ?? brokenText('commandId', command.commandId, 1, 128);
  if (envelope) {
    return envelope;
  }
  if (command.type === 'AddComment') {
    return brokenText('body', command.body, 1, 5000);
  }
  if (command.title === null) {
    return validationError('title', 'cannot be cleared');
  }
  const text =
    brokenText('title', command.title?.trim(), 1, 200, ' after trimming') ??
    brokenText('description', command.description, 0, 10000) ??
    brokenText('assignee', command.assignee, 1, 128);
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
    brokenText('reason', command.reason, 0, 1000) ??
    brokenTagRule('addTags', command.addTags) ??
    brokenTagRule('removeTags', command.removeTags) ??
    tagsOnBothSides(command.addTags ?? [], command.removeTags ?? [])
  );
}

/** What no ticket can have for an id. */
export function brokenId(id: string): TicketError | null {
  return brokenText('id', id, 1, 128);
}

export function tooManyTags(field: string, tags: string[]): TicketError | null {
  return tags.length > MAX_TAGS ? validationError(field, `at most ${MAX_TAGS} tags on a ticket`) : null;
}

/** A page's size: 1 to 100. */
export function brokenLimit(limit: number | null | undefined): TicketError | null {
  const outside = limit !== null && limit !== undefined && (limit < 1 || limit > 100);
  return outside ? validationError('limit', 'must be 1 to 100') : null;
}

/** The rule for a text, by the name that the error tells: its length, and that it is Unicode. */
export function brokenText(
  field: string,
  text: string | null | undefined,
  least: number,
  most: number,
  after = '',
): TicketError | null {
  if (text === null || text === undefined) {
    return null;
  }
  if (text.length >= least && text.length <= most) {
    return isWellFormed(text) ? null : validationError(field, 'must be Unicode, without halves of surrogate pairs');
  }
  return validationError(
    field,
    least === 0 ? `at most ${most} characters` : `must have ${least} to ${most} characters${after}`,
  );
}

/** Half a surrogate pair has no UTF-8: it would be stored as something else. */
function isWellFormed(text: string): boolean {
  for (const character of text) {
    if (character.length === 1 && character >= '\ud800' && character <= '\udfff') {
      return false;
    }
  }
  return true;
}

export function brokenTagRule(field: string, tags: string[] | null | undefined): TicketError | null {
  for (const tag of tags ?? []) {
    const broken = brokenText(field, normalizeTag(tag), 1, 40, ' a tag after trimming');
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
