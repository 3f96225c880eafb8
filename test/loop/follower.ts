import * as core4 from '@apollo/client/core';
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';
import * as link4 from 'aws-appsync-subscription-link';
import { createRequire } from 'node:module';
import { WebSocket } from 'ws';
import { amplifyConnection } from '../../client/amplify';
import { announceConnection, apolloConnection } from '../../client/apollo';
import type { Connection } from '../../client/connection';
import { followTicket } from '../../client/follow-ticket';
import { followTickets } from '../../client/follow-tickets';

// A process with a public client, unmodified, that creates a ticket, follows another and all, and tells what it hears:
// node follower.ts KIND URL ID

// Node 20 has no WebSocket of its own.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;

export type Kind = 'amplify' | 'apollo4' | 'apollo3';

/** What the parent hears, a line each. */
export type Told =
  | { what: 'status'; status: string }
  | { what: 'ticket'; version: number }
  | { what: 'list'; id: string; version: number };

const [kind, url, id] = process.argv.slice(2) as [Kind, string, string];
const { connection, mutate } = connect();

function tell(told: Told) {
  return console.log(JSON.stringify(told));
}

followTicket(connection, {
  id,
  afterVersion: 0,
  next: ({ version }) => tell({ what: 'ticket', version }),
  status: (status) => tell({ what: 'status', status }),
});
void followAll();

void mutate('mutation Create($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
  input: { id: `by-${kind}`, title: 'Mine' },
});

async function followAll(): Promise<void> {
  const newest = '{ tickets(limit: 1) { items { updatedAt } } }';
  const { tickets } = await connection.query<{ tickets: { items: { updatedAt: string }[] } }>(newest, {});
  followTickets(connection, {
    since: tickets.items[0]?.updatedAt ?? null,
    fields: 'title',
    next: ({ id, version }) => tell({ what: 'list', id, version }),
    status: (status) => tell({ what: 'status', status }),
  });
}

interface Client {
  connection: Connection;
  mutate(document: string, variables: object): Promise<unknown>;
}

function connect(): Client {
  switch (kind) {
    case 'amplify':
      return amplify();
    case 'apollo4':
      return apollo(core4, link4);
    case 'apollo3': {
      const { core, link } = createRequire(__filename)('./apollo3.cjs') as { core: typeof core4; link: typeof link4 };
      return apollo(core, link);
    }
  }
}

function amplify(): Client {
  // Amplify insists on TLS for its realtime link, unless the scheme of its endpoint is in capitals.
  const endpoint = url.replace('http:', 'HTTP:');
  const apiKey = 'da2-local';
  Amplify.configure({ API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } } });
  const client = generateClient();
  const connection = amplifyConnection(client, Hub);
  return { connection, mutate: connection.query };
}

function apollo(core: typeof core4, link: typeof link4): Client {
  const { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable, gql } = core;
  const auth = { type: 'API_KEY', apiKey: 'da2-local' } as const;
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      new ApolloLink(announceConnection(Observable)),
      link.createSubscriptionHandshakeLink(
        { url, region: 'us-east-1', auth },
        new HttpLink({ uri: url, headers: { 'x-api-key': 'da2-local' } }),
      ),
    ]),
  });
  return {
    connection: apolloConnection({ client, gql, controlEventsKey: link.CONTROL_EVENTS_KEY }),
    mutate: (document, variables) => client.mutate({ mutation: gql(document), variables }),
  };
}
