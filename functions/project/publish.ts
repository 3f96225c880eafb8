import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { ticketChange } from '../../domain/changes';
import type { TicketEvent } from '../../domain/events';

/** The API did not take a change: with its HTTP status and the types of its errors. Their words may quote the ticket. */
export class PublishFailed extends Error {
  override readonly name = 'PublishFailed';
}

export interface Api {
  url: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

// Not the ticket's comments and events, which have resolvers: what is published is small and reads nothing.
const TICKET = 'id version title description status priority tags assignee requester commentCount createdAt updatedAt';

// Subscribers can select only what this selects: all of it.
const PUBLISH = `mutation Publish($change: TicketChangeInput!) {
  publishTicketChange(change: $change) {
    id version type at actor status previousStatus assignee previousAssignee requester
    changes { field from to }
    ticket { ${TICKET} }
  }
}`;

/** Tells subscribers of an event. Throws PublishFailed unless the API took it without an error. */
export async function publish(event: TicketEvent, api: Api): Promise<void> {
  const change = ticketChange(event);
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
  const response = await send(JSON.stringify({ query: PUBLISH, variables }), api);
  const text = await response.text();
  const refusals = refusalsIn(text);
  if (!response.ok || refusals.length > 0) {
    throw new PublishFailed(
      `${event.ticketId} version ${event.version}: HTTP ${response.status}, ${refusals.join(', ') || 'no errors told'}`,
    );
  }
}

/** The types of an answer's errors. What is no JSON does not come from the API. */
function refusalsIn(text: string): string[] {
  try {
    const { errors = [] } = JSON.parse(text) as { errors?: { errorType?: string }[] };
    return errors.map(({ errorType }) => errorType ?? 'an error of the request itself');
  } catch {
    return ['an answer that is no JSON'];
  }
}

async function send(body: string, api: Api): Promise<Response> {
  const url = new URL(api.url);
  const signer = new SignatureV4({ service: 'appsync', sha256: Sha256, ...api });
  const request = await signer.sign(
    new HttpRequest({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port ? Number(url.port) : undefined,
      path: url.pathname,
      headers: { host: url.host, 'content-type': 'application/json' },
      body,
    }),
  );
  return fetch(url, { method: 'POST', headers: request.headers, body, signal: AbortSignal.timeout(10_000) });
}
