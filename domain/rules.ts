import type { ClearableField, TicketCommand, UpdateTicket } from './commands';
import { type TicketError, validationError } from './errors';
import { decimal, MAX_TRIMMED, trimmed } from './portable';
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
const MAX_REMOVED_TAGS = 50;
const MAX_CLEARED = 10;

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
  return trimmed(tag).toLowerCase();
}

/** Whether an update asks for a field to be emptied. */
export function clears({ clear }: UpdateTicket, field: ClearableField): boolean {
  return (clear ?? []).indexOf(field) >= 0;
}

/**
 * The rules that a command must meet whatever the ticket's state; null if it meets them all.
 * Lengths are in UTF-16 code units, as in JavaScript, Java and HTML's maxlength.
 */
export function brokenRule(command: TicketCommand): TicketError | null {
  // Not `??`: its right side may run anyway (A3), and the texts may be too long to go through.
  const broken = brokenSize(command);
  return broken ? broken : brokenContent(command);
}

/** The rules that lengths and counts alone decide. They come before all that takes time, as a client may send anything. */
export function brokenSize(command: TicketCommand): TicketError | null {
  // The commandId first: a ticket without an id of its own takes it for one.
  const envelope = brokenText('commandId', command.commandId, 1, 128) ?? brokenId(command.ticketId);
  if (envelope) {
    return envelope;
  }
  if (command.type === 'AddComment') {
    return brokenText('body', command.body, 1, 5000);
  }
  const text =
    (isLong(command.title) ? validationError('title', TITLE_RULE) : null) ??
    brokenText('description', command.description, 0, 10000) ??
    brokenText('assignee', command.assignee, 1, 128);
  if (text) {
    return text;
  }
  return command.type === 'CreateTicket'
    ? brokenTagSize('tags', command.tags, MAX_TAGS)
    : (brokenText('reason', command.reason, 0, 1000) ??
        tooManyFields(command) ??
        brokenTagSize('addTags', command.addTags, MAX_TAGS) ??
        brokenTagSize('removeTags', command.removeTags, MAX_REMOVED_TAGS));
}

/** The rules that need a look at the texts. */
function brokenContent(command: TicketCommand): TicketError | null {
  switch (command.type) {
    case 'AddComment':
      return null;
    case 'CreateTicket':
      return brokenTitle(command.title) ?? brokenTag('tags', command.tags);
    case 'UpdateTicket':
      return (
        brokenTitle(command.title) ??
        brokenClear(command) ??
        brokenTag('addTags', command.addTags) ??
        brokenTag('removeTags', command.removeTags) ??
        tagsOnBothSides(command.addTags ?? [], command.removeTags ?? [])
      );
  }
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
  return limit != null && (limit < 1 || limit > 100) ? validationError('limit', 'must be 1 to 100') : null;
}

/** The error for a text of the wrong length. `field` is the name in the error. */
export function brokenText(
  field: string,
  text: string | null | undefined,
  least: number,
  most: number,
): TicketError | null {
  if (text == null || (text.length >= least && text.length <= most)) {
    return null;
  }
  return validationError(
    field,
    least < 1 ? `at most ${decimal(most)} characters` : `must have ${decimal(least)} to ${decimal(most)} characters`,
  );
}

const TITLE_RULE = 'must have 1 to 200 characters after trimming';

function brokenTitle(title: string | null | undefined): TicketError | null {
  const isBroken = title != null && brokenText('title', trimmed(title), 1, 200);
  return isBroken ? validationError('title', TITLE_RULE) : null;
}

/** Whether a text is too long to be trimmed. */
function isLong(text: string | null | undefined): boolean {
  return text != null && text.length > MAX_TRIMMED;
}

const TAG_RULE = 'must have 1 to 40 characters a tag after trimming';

/** The rules for a list of tags. */
export function brokenTags(field: string, tags: string[] | null | undefined, most: number): TicketError | null {
  const broken = brokenTagSize(field, tags, most);
  return broken ? broken : brokenTag(field, tags);
}

/** The count comes first: the list may be of any length. */
function brokenTagSize(field: string, tags: string[] | null | undefined, most: number): TicketError | null {
  const list = tags ?? [];
  if (list.length > most) {
    return validationError(field, `at most ${decimal(most)} tags`);
  }
  return list.find((tag) => isLong(tag)) == null ? null : validationError(field, TAG_RULE);
}

function brokenTag(field: string, tags: string[] | null | undefined): TicketError | null {
  const broken = (tags ?? []).find((tag) => brokenText(field, normalizeTag(tag), 1, 40));
  return broken == null ? null : validationError(field, TAG_RULE);
}

function tooManyFields({ clear }: UpdateTicket): TicketError | null {
  return (clear ?? []).length > MAX_CLEARED ? validationError('clear', `at most ${MAX_CLEARED} fields`) : null;
}

function brokenClear(command: UpdateTicket): TicketError | null {
  if (command.description != null && clears(command, 'DESCRIPTION')) {
    return validationError('clear', 'cannot clear a field that is set (description)');
  }
  return command.assignee != null && clears(command, 'ASSIGNEE')
    ? validationError('clear', 'cannot clear a field that is set (assignee)')
    : null;
}

function tagsOnBothSides(added: string[], removed: string[]): TicketError | null {
  const removedTags = normalizeTags(removed);
  const both = normalizeTags(added).find((tag) => removedTags.indexOf(tag) >= 0);
  return both == null ? null : validationError('removeTags', `cannot remove a tag that addTags adds (${both})`);
}

/** A text from a client, with the name of its field. */
export interface FieldText {
  field: string;
  text: string;
}

/** All texts of a command. At most 80 if the command breaks no rule. */
export function textsOf(command: TicketCommand): FieldText[] {
  const envelope = [named('commandId', command.commandId), named('id', command.ticketId)];
  switch (command.type) {
    case 'CreateTicket': {
      const { title, description, assignee, tags } = command;
      return [...envelope, ...ticketTexts(title, description, assignee), ...tagTexts('tags', tags)];
    }
    case 'UpdateTicket': {
      const { title, description, assignee, reason, addTags, removeTags } = command;
      return [
        ...envelope,
        ...ticketTexts(title, description, assignee),
        named('reason', reason),
        ...tagTexts('addTags', addTags),
        ...tagTexts('removeTags', removeTags),
      ];
    }
    case 'AddComment':
      return [...envelope, named('body', command.body)];
  }
}

/** The texts of a command that must show something if they are there. */
export function shownTextsOf(command: TicketCommand): FieldText[] {
  switch (command.type) {
    case 'CreateTicket':
      return [...nameTexts(command), ...tagTexts('tags', command.tags)];
    case 'UpdateTicket':
      return [...nameTexts(command), ...tagTexts('addTags', command.addTags)];
    case 'AddComment':
      return [named('body', command.body)];
  }
}

function nameTexts({ title, assignee }: { title?: Text; assignee?: Text }): FieldText[] {
  return [named('title', title), named('assignee', assignee)];
}

type Text = string | null | undefined;

function ticketTexts(title: Text, description: Text, assignee: Text): FieldText[] {
  return [named('title', title), named('description', description), named('assignee', assignee)];
}

function tagTexts(field: string, tags: string[] | null | undefined): FieldText[] {
  return (tags ?? []).map((tag) => named(field, tag));
}

/** A text with its field; null and absent become the empty text. */
export function named(field: string, text: Text): FieldText {
  return { field, text: text ?? '' };
}
