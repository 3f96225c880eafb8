import { randomUUID } from 'node:crypto';
import { type Client, Refused } from './client';
import { Failed } from './expect';

const TICKET = `query Ticket($id: ID!, $version: Int, $limit: Int, $nextToken: String) {
  ticket(id: $id, version: $version) {
    version title description
    comments(limit: $limit, nextToken: $nextToken) { items { version } nextToken }
  }
}`;
const EVENTS = `query Events($id: ID!, $afterVersion: Int, $limit: Int, $nextToken: String) {
  ticketEvents(id: $id, afterVersion: $afterVersion, limit: $limit, nextToken: $nextToken) {
    items { version type changes { field to } }
    nextToken
  }
}`;
const TICKETS = `query Tickets($filter: TicketFilter) { tickets(filter: $filter) { items { id description } } }`;
const CHANGED = `subscription Changed($id: ID, $status: TicketStatus, $assignee: String, $requester: String) {
  onTicketChanged(id: $id, status: $status, assignee: $assignee, requester: $requester) {
    id version changes { field to }
  }
}`;

const COMMANDS = {
  createTicket: 'mutation Create($input: CreateTicketInput!) { createTicket(input: $input) { id version } }',
  updateTicket: 'mutation Update($input: UpdateTicketInput!) { updateTicket(input: $input) { id version } }',
  addComment: 'mutation Comment($input: AddCommentInput!) { addComment(input: $input) { id version } }',
};

export interface Version {
  version: number;
}

export interface Event extends Version {
  type: string;
  changes: { field: string; to: string }[];
}

export interface Page<T> {
  items: T[];
  nextToken: string | null;
}

export interface Ticket extends Version {
  title: string;
  description: string | null;
  comments: Page<Version>;
}

export interface Change extends Event {
  id: string;
}

/** What the smoke test asks of the API. It remembers which tickets it has left open. */
export class Story {
  private readonly open = new Set<string>();
  private readonly subscriptions: (() => void)[] = [];

  constructor(private readonly client: Client) {}

  /** The id of a ticket that nobody has. */
  newId(): string {
    return `smoke-${randomUUID()}`;
  }

  /** Answers with the version that the command came to. Throws Refused. */
  async command(name: keyof typeof COMMANDS, input: { id: string } & Record<string, unknown>): Promise<number> {
    if (name === 'createTicket') {
      this.open.add(input.id);
    }
    const answer = await this.client.run(COMMANDS[name], { input });
    if (input.status === 'CLOSED') {
      this.open.delete(input.id);
    }
    return (answer[name] as Version).version;
  }

  /** An update whose description is a variable that is declared and not sent. */
  async updateWithoutDescription(id: string, title: string): Promise<number> {
    const mutation = `mutation Update($id: ID!, $title: String, $description: String) {
      updateTicket(input: { id: $id, title: $title, description: $description }) { version }
    }`;
    return ((await this.client.run(mutation, { id, title })).updateTicket as Version).version;
  }

  /** How the API refuses a command. Throws Failed if it does not. */
  async refusal(...command: Parameters<Story['command']>): Promise<Refused['errors'][number]> {
    try {
      const version = await this.command(...command);
      throw new Failed(`${command[0]} was to be refused, and came to version ${version}`);
    } catch (error) {
      if (error instanceof Refused) {
        return error.errors[0]!;
      }
      throw error;
    }
  }

  async ticket(id: string, more: { version?: number; limit?: number; nextToken?: string | null } = {}) {
    return (await this.client.run(TICKET, { id, ...more })).ticket as Ticket | null;
  }

  async events(id: string, more: { afterVersion?: number; limit?: number; nextToken?: string | null } = {}) {
    return (await this.client.run(EVENTS, { id, ...more })).ticketEvents as Page<Event> | null;
  }

  async list(filter: object) {
    return (await this.client.run(TICKETS, { filter })).tickets as Page<{ id: string; description: string | null }>;
  }

  /** The changes that are heard from when this resolves. */
  async listen(filter: Record<string, string | null>): Promise<Change[]> {
    const heard: Change[] = [];
    const stop = await this.client.subscribe(CHANGED, filter, (data) =>
      heard.push((data as { onTicketChanged: Change }).onTicketChanged),
    );
    this.subscriptions.push(stop);
    return heard;
  }

  /** Closes what is open: events are for ever, so what can be done for the next who looks at the list is done. */
  async end(): Promise<void> {
    this.subscriptions.forEach((stop) => stop());
    await Promise.allSettled([...this.open].map((id) => this.command('updateTicket', { id, status: 'CLOSED' })));
  }
}

export function versionsOf(items: Version[]): number[] {
  return items.map(({ version }) => version);
}

/** Each once, in order: a change may be pushed twice. */
export function heardOf(changes: Change[], id: string): number[] {
  return [...new Set(versionsOf(changes.filter((change) => change.id === id)))].sort((a, b) => a - b);
}

/** What a change of a field led to, as the API tells it. */
export function changedTo({ changes }: Event, field: string) {
  return changes.find((change) => change.field === field)?.to;
}
