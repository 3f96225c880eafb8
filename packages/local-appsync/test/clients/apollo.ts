import type * as core4 from '@apollo/client/core';
import type * as link4 from 'aws-appsync-subscription-link';
import type { Adapter, Listener } from './adapter';

type Core = Pick<typeof core4, 'ApolloClient' | 'ApolloLink' | 'HttpLink' | 'InMemoryCache' | 'Observable' | 'gql'>;
type Link = Pick<typeof link4, 'CONTROL_EVENTS_KEY' | 'createSubscriptionHandshakeLink'>;

/** Apollo Client with AppSync's subscription link, in whichever version these modules are. */
export function apollo(core: Core, link: Link, url: string, apiKey: string): Adapter {
  const { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } = core;
  const auth = { type: 'API_KEY', apiKey } as const;
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      announcing(core),
      link.createSubscriptionHandshakeLink(
        { url, region: 'us-east-1', auth },
        new HttpLink({ uri: url, headers: { 'x-api-key': apiKey } }),
      ),
    ]),
  });
  return {
    run: async (document) => {
      const parsed = gql(document);
      const { data } = document.startsWith('mutation')
        ? await client.mutate({ mutation: parsed })
        : await client.query({ query: parsed, fetchPolicy: 'network-only' });
      return data;
    },
    subscribe: (document, { onConnected, onData, onError }) => {
      const control = { [link.CONTROL_EVENTS_KEY]: true };
      // Version 4 of the link reads it from the context, version 3 from the variables.
      const subscription = client
        .subscribe({ query: gql(document), variables: control, context: { controlMessages: control, onConnected } })
        .subscribe({ next: ({ data, error }) => (error ? onError(error) : onData(data)), error: onError });
      return () => subscription.unsubscribe();
    },
  };
}

/** The link tells of the server's start_ack in a message of its own, which the client would not know. */
function announcing({ ApolloLink, Observable }: Core) {
  return new ApolloLink(
    (operation, forward) =>
      new Observable((observer) => {
        const { onConnected } = operation.getContext() as Partial<Listener>;
        const subscription = forward(operation).subscribe({
          next: (result) =>
            result.extensions?.controlMsgType === 'CONNECTED' ? onConnected?.() : observer.next(result),
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        });
        return () => subscription.unsubscribe();
      }),
  );
}
