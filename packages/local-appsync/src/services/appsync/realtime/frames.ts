import type { RawData } from 'ws';
import { HttpError } from '../../../endpoint/http-error';
import type { GraphqlRequest } from '../execution/operation';
import { isRecord } from '../../../shared/is-record';

export type Headers = Record<string, unknown>;

/** A frame of AppSync's realtime protocol, as the client sends it. */
export interface ClientFrame {
  type?: unknown;
  id?: unknown;
  payload?: unknown;
}

/** What a start frame carries: the headers that authorize it, and the request as the text that was signed. */
export interface StartPayload {
  authorization: Headers;
  data: string;
}

export function readFrame(data: RawData): ClientFrame {
  // Text and binary frames alike: ws hands out Buffers.
  return parseObject((data as Buffer).toString('utf8')) ?? {};
}

export function readStart({ payload }: ClientFrame): StartPayload {
  const { data, extensions } = record(payload);
  return { data: typeof data === 'string' ? data : '', authorization: record(record(extensions).authorization) };
}

/** A start's `data` is a GraphQL request. Throws HttpError. */
export function readRequest(data: string): GraphqlRequest {
  const { query, variables, operationName } = parseObject(data) ?? {};
  if (typeof query !== 'string') {
    throw new HttpError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
  }
  return {
    query,
    variables: record(variables),
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}

/** The text of a change that many subscriptions hear is made once. */
const texts = new WeakMap<object, string>();

/** A data frame as text. */
export function dataFrame(id: string, payload: object): string {
  const text = texts.get(payload) ?? JSON.stringify(payload);
  texts.set(payload, text);
  return `{"type":"data","id":${JSON.stringify(id)},"payload":${text}}`;
}

/** What is not an object in JSON is undefined. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
