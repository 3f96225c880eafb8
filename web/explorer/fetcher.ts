import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { parse } from 'graphql';
import type { Config } from '../src/config';

/** Whoever asks: by the API key, or as a user of the local pool. */
export type Identity = 'api-key' | `${string}:agents` | `${string}:`;

interface Observable {
  subscribe(observer: { next(value: unknown): void; error(error: unknown): void; complete(): void }): {
    unsubscribe(): void;
  };
}

/** Asks over HTTP, and subscribes over AppSync's realtime protocol, with what its headers editor adds. */
export function fetcherFor(config: Config, identity: Identity, apiKey: string): Fetcher {
  return async (params, options) => {
    const given = { ...(await authorization(identity, apiKey)), ...stringsOf(options?.headers) };
    if (isSubscription(params)) {
      return subscription(config, params, given);
    }
    const response = await fetch(config.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...given },
      body: JSON.stringify(params),
    });
    return response.json() as Promise<object>;
  };
}

async function authorization(identity: Identity, apiKey: string): Promise<Record<string, string>> {
  if (identity === 'api-key') {
    return { 'x-api-key': apiKey };
  }
  const [user, groups] = identity.split(':') as [string, string];
  const response = await fetch(`/local/token?${new URLSearchParams({ user, groups })}`);
  const answer = (await response.json()) as { token: string };
  return { authorization: answer.token };
}

function isSubscription({ query, operationName }: FetcherParams): boolean {
  const operations = parse(query).definitions.filter((definition) => definition.kind === 'OperationDefinition');
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  return operation?.operation === 'subscription';
}

async function* subscription(config: Config, params: FetcherParams, headers: Record<string, string>) {
  const { query, variables } = params as { query: string; variables?: object };
  const token = headers.authorization;
  Amplify.configure({
    API: {
      GraphQL: {
        // Amplify turns http:// into wss://, but not when the scheme is in capitals.
        endpoint: config.endpoint.replace(/^http:/, 'HTTP:'),
        region: config.region,
        defaultAuthMode: token ? 'lambda' : 'apiKey',
        apiKey: headers['x-api-key'],
      },
    },
  });
  const client = generateClient() as unknown as { graphql(request: object): Observable };
  const heard: { value?: unknown; error?: unknown; isOver?: boolean }[] = [];
  let wake = () => undefined as void;
  const tell = (one: (typeof heard)[number]) => {
    heard.push(one);
    wake();
  };
  // AppSync reads a token from the same header, whatever mode the client calls it.
  const subscribed = client.graphql({ query, variables, authToken: token }).subscribe({
    next: (value) => tell({ value }),
    error: (error) => tell({ error }),
    complete: () => tell({ isOver: true }),
  });
  try {
    for (;;) {
      const next = heard.shift();
      if (!next) {
        await new Promise<void>((resolve) => (wake = resolve));
      } else if (next.isOver) {
        return;
      } else if (next.error) {
        throw next.error as Error;
      } else {
        yield next.value as object;
      }
    }
  } finally {
    subscribed.unsubscribe();
  }
}

function stringsOf(headers: Record<string, unknown> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
