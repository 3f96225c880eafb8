import { isInternal } from '../../../domain/disclosure';
import type { Connection } from '../../../client/connection';
import { ApiError, Unreachable } from '../shared/errors';
import { WHOLE, type Whole } from '../tickets';
import { type Comment, type Entry, isNote, type Update } from './command';
import { changedFields, wanted } from './merge';

export type Ask = Connection['query'];

const MUTATIONS = {
  CreateTicket: `mutation Create($input: CreateTicketInput!) { ticket: createTicket(input: $input) { ${WHOLE} } }`,
  UpdateTicket: `mutation Update($input: UpdateTicketInput!) { ticket: updateTicket(input: $input) { ${WHOLE} } }`,
  AddComment: `mutation Comment($input: AddCommentInput!) { ticket: addComment(input: $input) { ${WHOLE} } }`,
};

/** Sends a command. An update carries the version that the person saw, so that it never overwrites what they did not see. */
export async function sendCommand(ask: Ask, { commandId, command }: Entry): Promise<Whole> {
  const expected = command.type === 'UpdateTicket' ? { expectedVersion: command.base.version } : {};
  const input = { ...command.input, ...expected, commandId };
  const { ticket } = await ask<{ ticket: Whole | null }>(MUTATIONS[command.type], { input });
  if (ticket === null) {
    throw new ApiError('The answer is empty.', 'EmptyAnswer', null);
  }
  return ticket;
}

const WRITTEN = `query Written($id: ID!, $after: Int!, $version: Int!) {
  ticketEvents(id: $id, afterVersion: $after, limit: 1) { items { actor } }
  ticket(id: $id, version: $version) { ${WHOLE} }
}`;

interface Written {
  ticketEvents: { items: { actor: string }[] } | null;
  ticket: Whole | null;
}

/** The ticket as of a version, and who made it so; null if there is no such version, or not for this person. */
export async function readVersion(ask: Ask, id: string, version: number) {
  const { ticketEvents, ticket } = await ask<Written>(WRITTEN, { id, after: version - 1, version });
  const actor = ticketEvents?.items[0]?.actor;
  return ticket && actor !== undefined ? { ticket, actor } : null;
}

const SAID = `query Said($id: ID!, $afterVersion: Int, $nextToken: String) {
  ticketEvents(id: $id, afterVersion: $afterVersion, limit: 100, nextToken: $nextToken) {
    items { version type actor comment }
    nextToken
  }
}`;

interface Said {
  ticketEvents: {
    items: { version: number; type: string; actor: string; comment: string | null }[];
    nextToken: string | null;
  } | null;
}

/**
 * The ticket as of a comment that may have arrived; null if it has not. The API remembers the last commands of a ticket
 * alone: a comment that is sent again much later would be there twice.
 */
export async function findComment(ask: Ask, comment: Comment, actor: string): Promise<Whole | null> {
  const { input, after } = comment;
  let nextToken: string | null = null;
  do {
    const { ticketEvents }: Said = await ask<Said>(SAID, { id: input.id, afterVersion: after, nextToken });
    const found = ticketEvents?.items.find(
      (event) => isInternal(event) === isNote(comment) && event.actor === actor && event.comment === input.body,
    );
    if (found) {
      const written = await readVersion(ask, input.id, found.version);
      if (written === null) {
        throw new Unreachable('The ticket of a comment that was found could not be read.');
      }
      return written.ticket;
    }
    nextToken = ticketEvents?.nextToken ?? null;
  } while (nextToken !== null);
  return null;
}

/** The ticket as of an update that may have arrived; null if it has not. If it has, it is the version after its base. */
export async function findUpdate(ask: Ask, update: Update, actor: string): Promise<Whole | null> {
  const next = await readVersion(ask, update.base.id, update.base.version + 1);
  const isMine = next?.actor === actor && changedFields(next.ticket, wanted(update)).length === 0;
  return isMine ? next.ticket : null;
}
