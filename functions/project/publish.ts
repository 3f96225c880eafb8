import type { TicketEvent } from '../../domain/events';
import { type TicketChange, ticketChanges } from '../../domain/ticket-change';
import { signedPost, type Signer } from './signed-post';

/**
 * The API answered, but did not take a change. Names the HTTP status and the types of the errors: their words may quote
 * the ticket.
 */
export class PublishRefused extends Error {
  override readonly name = 'PublishRefused';
}

export interface Api extends Signer {
  url: string;
}

// Not the ticket's comments and events, which have resolvers: what is published is small and reads nothing.
const TICKET = 'id version title description status priority tags assignee requester commentCount createdAt updatedAt';

// Subscribers can select only what this selects: all of it.
const PUBLISH = `mutation Publish($change: TicketChangeInput!) {
  publishTicketChange(change: $change) {
    id version type at actor status previousStatus assignee previousAssignee requester
    changes { field from to }
    ticket { ${TICKET} }
    audience
  }
}`;

/**
 * Tells subscribers of an event: all at once, or agents before requesters. Throws PublishRefused if the API answers but
 * does not take it, and another error if it does not answer.
 */
export async function publish(event: TicketEvent, api: Api): Promise<void> {
  for (const change of ticketChanges(event)) {
    await publishChange(change, api);
  }
}

async function publishChange(change: TicketChange, api: Api): Promise<void> {
  const variables = {
    change: {
      ...change,
      // AWSJSON crosses the API as text.
      changes: change.changes.map(({ field, from, to }) => ({
        field,
        from: JSON.stringify(from),
        to: JSON.stringify(to),
      })),
    },
  };
  const response = await signedPost(
    new URL(api.url),
    {
      service: 'appsync',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: PUBLISH, variables }),
    },
    api,
  );
  const errors = errorTypes(await response.text());
  if (!response.ok || errors.length > 0) {
    throw new PublishRefused(
      `${change.id} version ${change.version}: HTTP ${response.status}, ${errors.join(', ') || 'no errors named'}`,
    );
  }
}

/** The types of an answer's errors. What is no JSON does not come from the API. */
function errorTypes(text: string): string[] {
  try {
    const { errors } = JSON.parse(text) as { errors?: { errorType?: string }[] | null };
    return (errors ?? []).map(({ errorType }) => errorType ?? 'an error without a type');
  } catch {
    return ['an answer that is no JSON'];
  }
}
