import type { Mutation, Query } from '../../generated/schema';

/** GraphQL over plain HTTP, as with curl. */
export interface Answer<T> {
  /** Only the fields that were asked for are there; null if the request failed as a whole. */
  data: T;
  errors?: { path: unknown[] | null; errorType?: string; errorInfo?: unknown; message: string }[];
}

/** As if no mutation had been refused. One that was answers null, beside its error. */
export type Answers = Query & { [Field in keyof Mutation]-?: NonNullable<Mutation[Field]> };

export async function post<T = Answers>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = { 'x-api-key': 'da2-local' },
): Promise<Answer<T>> {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as Answer<T>;
}

/** The headers of a user of the local pool: a requester, unless in the group `agents`. */
export async function asUser({ url }: { url: string }, user: string, groups = ''): Promise<Record<string, string>> {
  const { token } = (await (await fetch(`${url}/local/token?user=${user}&groups=${groups}`)).json()) as {
    token: string;
  };
  return { authorization: token };
}

export const CREATE = `mutation Create($input: CreateTicketInput!) { createTicket(input: $input) { id version title status } }`;
export const UPDATE = `mutation Update($input: UpdateTicketInput!) { updateTicket(input: $input) { id version title status } }`;
export const COMMENT = `mutation Comment($input: AddCommentInput!) { addComment(input: $input) { id version title commentCount } }`;
export const TICKET = `query Ticket($id: ID!) { ticket(id: $id) { id version title status updatedAt } }`;
export const TICKETS = `query Tickets($order: SortOrder, $limit: Int, $nextToken: String) {
  tickets(order: $order, limit: $limit, nextToken: $nextToken) { items { id version title updatedAt } nextToken }
}`;
export const EVENTS = `query Events($id: ID!, $afterVersion: Int, $limit: Int, $nextToken: String) {
  ticketEvents(id: $id, afterVersion: $afterVersion, limit: $limit, nextToken: $nextToken) { items { version type at actor reason changes { field from to } } nextToken }
}`;
export const CHANGED = `subscription Changed($id: ID) {
  onTicketChanged(id: $id) { id version type status previousStatus changes { field from to } ticket { id version title } }
}`;
