/** An operation to begin with, for each field of the API. */
export const EXAMPLES: { name: string; query: string; variables?: object }[] = [
  {
    name: 'Query.tickets',
    query: `query Tickets($filter: TicketFilter, $order: SortOrder) {
  tickets(filter: $filter, order: $order, limit: 20) {
    items { id version title status priority assignee requester updatedAt }
    nextToken
  }
}`,
    variables: { filter: { status: 'OPEN' }, order: 'DESC' },
  },
  {
    name: 'Query.ticket',
    query: `query Ticket($id: ID!, $version: Int) {
  ticket(id: $id, version: $version) {
    id version title description status priority tags assignee requester commentCount noteCount createdAt updatedAt
    comments { items { author body visibility createdAt } nextToken }
    events { items { version type at actor } nextToken }
  }
}`,
    variables: { id: 'printer' },
  },
  {
    name: 'Query.ticketEvents',
    query: `query History($id: ID!, $afterVersion: Int) {
  ticketEvents(id: $id, afterVersion: $afterVersion) {
    items { version type at actor reason comment changes { field from to } }
    nextToken
  }
}`,
    variables: { id: 'printer', afterVersion: 0 },
  },
  {
    name: 'Mutation.createTicket',
    query: `mutation Create($input: CreateTicketInput!) {
  createTicket(input: $input) { id version title status }
}`,
    variables: { input: { id: 'printer', title: 'Printer on fire', priority: 'HIGH', tags: ['hardware'] } },
  },
  {
    name: 'Mutation.updateTicket',
    query: `mutation Update($input: UpdateTicketInput!) {
  updateTicket(input: $input) { id version title status assignee }
}`,
    variables: { input: { id: 'printer', status: 'ON_HOLD', clear: ['ASSIGNEE'], reason: 'Waiting for parts' } },
  },
  {
    name: 'Mutation.addComment',
    query: `mutation Comment($input: AddCommentInput!) {
  addComment(input: $input) { id version commentCount }
}`,
    variables: { input: { id: 'printer', body: 'Still burning' } },
  },
  {
    name: 'Mutation.addComment, a note',
    query: `# For agents alone. As a requester, ask for the ticket's comments and events: the note is not in them.
mutation Note($input: AddCommentInput!) {
  addComment(input: $input) { id version commentCount noteCount }
}`,
    variables: { input: { id: 'printer', body: 'Ask facilities first', visibility: 'INTERNAL' } },
  },
  {
    name: 'Mutation.publishTicketChange',
    query: `# For the projector alone: anybody else is refused.
mutation Publish($change: TicketChangeInput!) {
  publishTicketChange(change: $change) { id version }
}`,
    variables: {
      change: {
        ...{ id: 'printer', version: 1, type: 'TicketCreated', at: '2026-01-01T00:00:00.000Z', actor: 'ann' },
        ...{ status: 'OPEN', requester: 'ann', changes: [] },
        ticket: {
          ...{ id: 'printer', version: 1, title: 'x', status: 'OPEN', priority: 'LOW', tags: [], requester: 'ann' },
          ...{ commentCount: 0, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
        },
      },
    },
  },
  {
    name: 'Subscription.onTicketChanged',
    query: `subscription Changed($id: ID, $status: TicketStatus) {
  # ticket { … } has all fields of a ticket but comments and events, which make the whole push null
  onTicketChanged(id: $id, status: $status) {
    id version type at actor status previousStatus audience changes { field from to }
  }
}`,
    variables: { status: 'OPEN' },
  },
];

export function variablesOf(index: number): string {
  return JSON.stringify(EXAMPLES[index]!.variables ?? {}, null, 2);
}
