import type { Connection, Listener } from './connection';

/** Of `generateClient()` of `aws-amplify/api`, without the types that it has for generated documents alone. */
export interface AmplifyClient {
  graphql(request: { query: string; variables: object }): unknown;
}

/** Of `Hub` of `aws-amplify/utils`. */
export interface AmplifyHub {
  listen(channel: 'api', listener: (capsule: { payload: { event: string; data?: unknown } }) => void): () => void;
}

interface Observable {
  subscribe(observer: { next(value: { data: unknown }): void; error(error: unknown): void; complete(): void }): {
    unsubscribe(): void;
  };
}

/** What Amplify announces when the server has taken a subscription: at first, and after it reconnected by itself. */
const SUBSCRIPTION_ACK = 'Subscription ack';

/** What it announces of its socket, which all subscriptions share. */
const CONNECTION_STATE = 'ConnectionStateChange';

function isBroken(data: unknown): boolean {
  const state = (data as { connectionState?: string } | undefined)?.connectionState;
  return state?.startsWith('ConnectionDisrupted') === true;
}

/** Amplify 6 as a connection. */
export function amplifyConnection(client: AmplifyClient, hub: AmplifyHub): Connection {
  return {
    query: async <T>(query: string, variables: object) => {
      const { data } = (await client.graphql({ query, variables })) as { data: T };
      return data;
    },
    subscribe: (query: string, given: object, listener: Listener<unknown>) => {
      // The same object comes back in the announcement: so that no other subscription's is taken for this one's.
      const variables = { ...given };
      const observable = client.graphql({ query, variables }) as Observable;
      const forget = hub.listen('api', ({ payload: { event, data } }) => {
        const of = (data as { variables?: unknown } | undefined)?.variables;
        if (event === SUBSCRIPTION_ACK && of === variables) {
          listener.connected();
        } else if (event === CONNECTION_STATE && isBroken(data)) {
          listener.interrupted();
        }
      });
      const over = (error: unknown) => {
        forget();
        listener.error(error);
      };
      const subscription = observable.subscribe({
        next: ({ data }) => listener.next(data),
        error: over,
        complete: () => over(new Error('The server ended the subscription.')),
      });
      return () => {
        forget();
        subscription.unsubscribe();
      };
    },
  };
}
