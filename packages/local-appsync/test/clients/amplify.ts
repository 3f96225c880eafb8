import { Amplify } from 'aws-amplify';
import { CONNECTION_STATE_CHANGE, generateClient } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';
import type { Adapter } from './adapter';

interface GraphqlClient {
  graphql(request: object): unknown;
}

interface Observable {
  subscribe(observer: { next(value: { data: unknown }): void; error(error: unknown): void }): { unsubscribe(): void };
}

/** Amplify 6. It insists on TLS for its realtime link, unless the scheme of its endpoint is in capitals. */
export function amplify(endpoint: string, apiKey: string): Adapter {
  Amplify.configure({ API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } } });
  // Its types are made for generated documents; these tests bring text.
  const client = generateClient() as unknown as GraphqlClient;
  return {
    run: async (query) => ((await client.graphql({ query })) as { data: unknown }).data,
    subscribe: (query, { onConnected, onData, onError }) => {
      Hub.listen('api', ({ payload: { event, data } }) => {
        const state = (data as { connectionState?: string } | undefined)?.connectionState;
        if (event === CONNECTION_STATE_CHANGE && state === 'Connected') {
          onConnected();
        }
      });
      const observable = client.graphql({ query }) as Observable;
      const subscription = observable.subscribe({ next: ({ data }) => onData(data), error: onError });
      return () => subscription.unsubscribe();
    },
  };
}
