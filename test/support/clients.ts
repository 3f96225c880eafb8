import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { Amplify } from 'aws-amplify';
import { CONNECTION_STATE_CHANGE, type ConnectionState, generateClient } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';
import { AUTH_TYPE } from 'aws-appsync-auth-link';
import { CONTROL_EVENTS_KEY, createSubscriptionHandshakeLink } from 'aws-appsync-subscription-link';
import { filter } from 'rxjs';
import { WebSocket } from 'ws';

// Node 20 has no WebSocket of its own.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;

// Both clients leave timers of fifteen seconds behind when they are done. They are not to hold up the run of the tests.
const { setTimeout: start } = globalThis;
globalThis.setTimeout = ((...args: Parameters<typeof start>) => start(...args).unref()) as typeof start;

/** A public client, unmodified, as far as one contract needs it. */
export interface TestClient {
  run<T>(document: string, variables?: Record<string, unknown>): Promise<T>;
  /** Hears changes from when this resolves. */
  subscribe<T>(document: string, variables: Record<string, unknown>, onData: (data: T) => void): Promise<() => void>;
}

const API_KEY = 'da2-local';

/** Amplify turns http:// into wss:// for its realtime link, but not when the scheme is in capitals. */
export function amplifyClient(graphqlUrl: string): TestClient {
  Amplify.configure({
    API: {
      GraphQL: {
        endpoint: graphqlUrl.replace('http:', 'HTTP:'),
        region: 'us-east-1',
        defaultAuthMode: 'apiKey',
        apiKey: API_KEY,
      },
    },
  });
  // Its types are made for generated documents; these tests bring text.
  const client = generateClient() as unknown as { graphql(request: object): unknown };
  return {
    run: async <T>(query: string, variables: Record<string, unknown> = {}) => {
      const answer = (await client.graphql({ query, variables })) as { data: T };
      return answer.data;
    },
    subscribe: async <T>(query: string, variables: Record<string, unknown>, onData: (data: T) => void) => {
      const connected = new Promise<void>((resolve) => {
        const forget = Hub.listen('api', ({ payload: { event, data } }) => {
          const state = (data as { connectionState?: ConnectionState } | undefined)?.connectionState;
          if (event === CONNECTION_STATE_CHANGE && String(state) === 'Connected') {
            forget();
            resolve();
          }
        });
      });
      const observable = client.graphql({ query, variables }) as Observable<{ data: T }>;
      const subscription = observable.subscribe({ next: ({ data }) => onData(data), error: fail });
      await connected;
      return () => subscription.unsubscribe();
    },
  };
}

export function apolloClient(graphqlUrl: string): TestClient {
  const auth = { type: AUTH_TYPE.API_KEY, apiKey: API_KEY } as const;
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      announceConnection,
      createSubscriptionHandshakeLink(
        { url: graphqlUrl, region: 'us-east-1', auth },
        new HttpLink({ uri: graphqlUrl, headers: { 'x-api-key': API_KEY } }),
      ),
    ]),
  });
  return {
    run: async <T>(document: string, variables = {}) => {
      const parsed = gql(document);
      const { data } = document.startsWith('mutation')
        ? await client.mutate({ mutation: parsed, variables })
        : await client.query({ query: parsed, variables, fetchPolicy: 'network-only' });
      return data as T;
    },
    subscribe: <T>(document: string, variables: Record<string, unknown>, onData: (data: T) => void) =>
      new Promise<() => void>((resolve, reject) => {
        const context = {
          controlMessages: { [CONTROL_EVENTS_KEY]: true },
          onConnected: () => resolve(() => subscription.unsubscribe()),
        };
        const subscription = client.subscribe({ query: gql(document), variables, context }).subscribe({
          next: ({ data, error }) =>
            error ? reject(new Error('the subscription failed', { cause: error })) : onData(data as T),
          error: reject,
        });
      }),
  };
}

/** The AppSync link tells of the server's start_ack in a message of its own, which the client would not know. */
const announceConnection = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    filter(({ extensions }) => {
      if (extensions?.controlMsgType !== 'CONNECTED') {
        return true;
      }
      (operation.getContext() as { onConnected(): void }).onConnected();
      return false;
    }),
  ),
);

interface Observable<T> {
  subscribe(observer: { next(value: T): void; error(error: unknown): void }): { unsubscribe(): void };
}

function fail(error: unknown): never {
  throw error;
}
