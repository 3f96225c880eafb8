import type { Connection, Listener } from './connection';

interface Result {
  data?: unknown;
  error?: unknown;
  extensions?: Record<string, unknown>;
}

interface Subscribable<T> {
  subscribe(observer: { next(value: T): void; error(error: unknown): void; complete?(): void }): {
    unsubscribe(): void;
  };
}

/** Of Apollo Client 3 or 4, as much as is used. */
export interface ApolloClient<Document> {
  query(options: { query: Document; variables: object; fetchPolicy: 'network-only' }): Promise<unknown>;
  subscribe(options: {
    query: Document;
    variables: object;
    context: object;
    fetchPolicy: 'no-cache';
  }): Subscribable<Result>;
}

export interface ApolloOptions<Document> {
  client: ApolloClient<Document>;
  gql(document: string): Document;
  /** `CONTROL_EVENTS_KEY` of `aws-appsync-subscription-link`. */
  controlEventsKey: string;
}

/**
 * Apollo Client with AppSync's subscription link as a connection. The link ends a subscription when the socket breaks,
 * and tells that the server has taken one in a result of its own: `announceConnection` has to stand before it.
 */
export function apolloConnection<Document>(options: ApolloOptions<Document>): Connection {
  const { client, gql } = options;
  return {
    query: async <T>(document: string, variables: object) => {
      const answer = await client.query({ query: gql(document), variables, fetchPolicy: 'network-only' });
      return (answer as { data: T }).data;
    },
    subscribe: (document: string, variables: object, listener: Listener<unknown>) => {
      const control = { [options.controlEventsKey]: true };
      const subscription = client
        .subscribe({
          query: gql(document),
          // Version 4 of the link reads it from the context, version 3 from the variables.
          variables: { ...variables, ...control },
          context: { controlMessages: control, onConnected: listener.connected },
          fetchPolicy: 'no-cache',
        })
        .subscribe({
          next: ({ data, error }) => (error ? listener.error(error) : listener.next(data)),
          error: listener.error,
          complete: () => listener.error(new Error('The server ended the subscription.')),
        });
      return () => subscription.unsubscribe();
    },
  };
}

interface Operation {
  getContext(): object;
}

/** For an `ApolloLink` before AppSync's: `new ApolloLink(announceConnection(Observable))`. */
export function announceConnection<O extends Subscribable<Result>>(
  Observable: new (subscriber: (observer: Observer) => () => void) => O,
) {
  return (operation: Operation, forward: (operation: never) => Subscribable<Result>): O =>
    new Observable((observer) => {
      const { onConnected } = operation.getContext() as { onConnected?(): void };
      const subscription = forward(operation as never).subscribe({
        next: (result) =>
          result.extensions?.controlMsgType === 'CONNECTED' ? onConnected?.() : observer.next(result as never),
        error: (error) => observer.error(error),
        complete: () => observer.complete(),
      });
      return () => subscription.unsubscribe();
    });
}

interface Observer {
  next(result: never): void;
  error(error: unknown): void;
  complete(): void;
}
