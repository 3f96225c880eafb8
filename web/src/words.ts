import type { TicketCommand } from '../../domain/commands';
import { brokenRule, MAX_TAGS } from '../../domain/rules';
import { type Command, type Entry, isNote, type Refusal, type Sent } from './outbox/command';
import { ApiError } from './shared/errors';
import { wordOf } from './tickets';

export const LIMITS = { title: 200, description: 10_000, assignee: 128, reason: 1000, body: 5000 };

/** What is wrong, for people, and at which field of the form. */
export interface Trouble {
  field?: string;
  words: string;
}

const FIELDS: Record<string, Trouble> = {
  title: { field: 'title', words: `Give it a title of at most ${LIMITS.title} characters.` },
  description: { field: 'description', words: atMost('description', LIMITS.description) },
  assignee: { field: 'assignee', words: atMost('name', LIMITS.assignee) },
  reason: { field: 'reason', words: atMost('reason', LIMITS.reason) },
  body: { field: 'body', words: `Write a comment of at most ${count(LIMITS.body)} characters.` },
  tags: { field: 'tags', words: `Use at most ${MAX_TAGS} tags of at most 40 characters each.` },
};
const TAG_FIELDS = ['tag', 'addTags', 'removeTags'];

export function troubleOf({ type, info }: Pick<Refusal, 'type' | 'info'>): Trouble {
  const field = String(info?.field ?? '');
  switch (type) {
    case 'ValidationError':
      return (
        FIELDS[TAG_FIELDS.includes(field) ? 'tags' : field] ?? { words: 'The server did not accept this. Edit it.' }
      );
    case 'Unauthorized':
      return { words: 'You may not do this. Ask an agent to do it for you.' };
    case 'TicketNotFound':
      return { words: 'The ticket is not there, or not yours any more. Discard this, or keep a copy of it.' };
    case 'TicketAlreadyExists':
      return { words: 'There is such a ticket already. Look in the list before you send this again.' };
    case 'InvalidTransition':
      return { words: `The ticket is ${status(info?.from)} by now, and can’t become ${status(info?.to)}.` };
    case 'VersionConflict':
      return { words: 'Somebody changed the same meanwhile. Choose what is to stand.' };
    case 'UnauthorizedException':
      return { words: 'You are signed out. Sign in again, then send this.' };
    default:
      return { words: 'The server could not do this. Try again later, or ask who runs it.' };
  }
}

/** The rule that a command breaks, before it is sent; null if it breaks none. */
export function brokenBy({ type, input }: Command): Trouble | null {
  const envelope = { ticketId: 'id' in input ? (input.id ?? 'new') : 'new', commandId: 'new', at: '' };
  const command = { ...input, ...envelope, type, actor: 'anybody', role: 'agent' } as TicketCommand;
  const broken = brokenRule(command);
  return broken && troubleOf(broken);
}

/** Why something could not be read, for people. */
export function whyUnread(error: unknown): string {
  return error instanceof ApiError
    ? 'The server did not accept the question. Change the filter, or reload.'
    : 'The server does not answer. The desk tries again by itself.';
}

/** How many tickets a list has, as it is announced. */
export function foundWords(tickets: number, hasMore: boolean): string {
  if (hasMore) {
    return `${count(tickets)} tickets, and more.`;
  }
  return tickets === 0 ? 'No ticket is like that.' : tickets === 1 ? '1 ticket.' : `${count(tickets)} tickets.`;
}

/** What a command does, for the list of what is unsent. */
export function nameOf({ command }: Pick<Entry, 'command'>): string {
  switch (command.type) {
    case 'CreateTicket':
      return `New ticket “${command.input.title}”`;
    case 'AddComment':
      return `${isNote(command) ? 'Internal note' : 'Comment'} on “${command.title}”: ${command.input.body}`;
    case 'UpdateTicket': {
      const { status } = command.input;
      return status ? `Make “${command.base.title}” ${wordOf(status)}` : `Changes of “${command.base.title}”`;
    }
  }
}

/** What was done, as it is announced. */
export function doneBy({ command, mergedWith = [] }: Sent): string {
  const others =
    mergedWith.length === 0 ? '' : ` It was put together with a colleague’s change of ${mergedWith.join(', ')}.`;
  switch (command.type) {
    case 'CreateTicket':
      return 'The ticket is created.';
    case 'AddComment':
      return isNote(command) ? 'The internal note is added.' : 'The comment is added.';
    case 'UpdateTicket': {
      const { status } = command.input;
      return `${status ? `“${command.base.title}” is ${wordOf(status)} now.` : `“${command.base.title}” is saved.`}${others}`;
    }
  }
}

export function count(n: number): string {
  return n.toLocaleString('en');
}

function atMost(what: string, most: number): string {
  return `Shorten the ${what} to at most ${count(most)} characters.`;
}

function status(name: unknown): string {
  return typeof name === 'string' ? wordOf(name) : 'another';
}
