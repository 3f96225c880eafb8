import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { Kind, OperationTypeNode, parse } from 'graphql';
import type { Config } from '../src/config';
import { curlOf } from './curl';
import { authorization, type Identity, wordsOf } from './identity';
import type { Subscriptions } from './subscriptions';

/** The latest request and what came back, for the line below the response. */
export interface Exchange {
  as: string;
  at: number;
  /** Null for a subscription, which no curl can make. */
  curl: string | null;
  /** Null while there is none, and for subscriptions. */
  answer: { status: string; ms: number; bytes: number } | null;
}

export interface FetcherParts {
  config: Config;
  identity: Identity;
  subscriptions: Subscriptions;
  /** Hears of each request that a person makes, when it is sent and when it is answered. */
  exchanged(exchange: Exchange): void;
}

/** Asks over HTTP, or subscribes, with what the headers editor adds. */
export function fetcherFor({ config, identity, subscriptions, exchanged }: FetcherParts): Fetcher {
  const ask: Fetcher = async (params, options) => {
    const given = { ...(await authorization(identity)), ...stringsOf(options?.headers) };
    const asked = { as: wordsOf(identity), at: Date.now(), curl: null, answer: null };
    const operation = operationOf(params);
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
      exchanged(asked);
      return subscriptions.open(params, given, asked.as);
    }
    const headers = { 'content-type': 'application/json', ...given };
    const body = JSON.stringify({ ...params, operationName: operation?.name?.value });
    const exchange: Exchange = { ...asked, curl: curlOf(config.endpoint, headers, body) };
    // GraphiQL asks for the schema by itself.
    const tell = params.operationName === 'IntrospectionQuery' ? () => undefined : exchanged;
    tell(exchange);
    const began = performance.now();
    const response = await fetch(config.endpoint, { method: 'POST', headers, body });
    const text = await response.text();
    const status = `${response.status} ${response.statusText}`.trim();
    const bytes = new TextEncoder().encode(text).length;
    tell({ ...exchange, answer: { status, ms: Math.round(performance.now() - began), bytes } });
    return parsed(text, status);
  };
  return async (params, options) => {
    try {
      return await ask(params, options);
    } catch (error) {
      return { problem: wordsFor(error) } as object;
    }
  };
}

/** `fetch` rejects with a TypeError if there is no answer. */
function wordsFor(error: unknown): string {
  return error instanceof TypeError
    ? 'The server does not answer. Start it, then ask again.'
    : (error as Error).message;
}

/** What answers may be something else than the API, and is then shown as it came. */
function parsed(text: string, status: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return { status, body: text };
  }
}

/** The operation that is asked for. GraphiQL may still name one of what was in the editor a moment ago. */
function operationOf({ query, operationName }: FetcherParams) {
  const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.find(({ name }) => name?.value === operationName) ?? operations[0];
}

function stringsOf(headers: Record<string, unknown> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
