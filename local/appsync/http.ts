import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Transform } from 'node:stream';
import type { Authenticator } from '../auth/authenticator';
import { Unauthorized } from '../auth/unauthorized';
import type { GraphqlApi, GraphqlRequest } from './api';
import { RequestError } from './errors';

/** A larger request body is refused. AWS documents no figure; this is the one its support has named. */
const MAX_BODY_BYTES = 1024 * 1024;

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, x-api-key, x-amz-date, x-amz-security-token, x-amz-user-agent',
  'access-control-expose-headers': 'x-amzn-RequestId, x-amzn-ErrorType',
  'access-control-max-age': '172800',
};

/** AppSync's HTTP endpoint: `POST /graphql` with a GraphQL request as JSON, whatever its content type says. */
export class GraphqlHttp {
  constructor(
    private readonly api: GraphqlApi,
    private readonly authenticator: Authenticator,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, CORS).end();
      return;
    }
    try {
      if (request.method !== 'POST') {
        throw new RequestError(
          405,
          'UnknownOperationException',
          `${request.method} is not served here: POST a GraphQL request.`,
        );
      }
      const body = await readBody(request);
      const caller = await this.authenticator.authenticate({
        headers: request.headers,
        method: 'POST',
        path: new URL(request.url!, 'http://localhost').pathname,
        body,
        sourceIp: request.socket.remoteAddress ?? '',
      });
      const { headers, ...answer } = await this.api.run(parseBody(body), caller, present(request.headers));
      send(response, 200, answer, headers);
    } catch (error) {
      sendError(response, error);
    }
  }
}

/** Answers an error of the whole request; one that nobody foresaw is logged and told without its details. */
export function sendError(response: ServerResponse, error: unknown): void {
  const { status, errorType, message } =
    error instanceof RequestError
      ? error
      : error instanceof Unauthorized
        ? { status: 401, errorType: error.errorType, message: error.message }
        : { status: 500, errorType: 'InternalFailure', message: 'An internal failure occurred.' };
  if (status === 500) {
    console.error(error);
  }
  send(response, status, { errors: [{ errorType, message }] }, { 'x-amzn-ErrorType': errorType });
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string>): void {
  response
    .writeHead(status, {
      ...CORS,
      'content-type': 'application/json;charset=UTF-8',
      'x-amzn-RequestId': randomUUID(),
      'x-amzn-appsync-TokensConsumed': '1',
      ...headers,
    })
    .end(JSON.stringify(body));
}

/** The body as text. One that is too large is read to its end all the same, so that the client gets to see the answer. */
async function readBody(request: IncomingMessage): Promise<string> {
  let size = 0;
  const upToLimit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(null, size > MAX_BODY_BYTES ? undefined : chunk);
    },
  });
  const body = await buffer(request.pipe(upToLimit));
  if (size > MAX_BODY_BYTES) {
    throw new RequestError(
      413,
      'RequestEntityTooLargeException',
      `The request body has ${size} bytes; at most ${MAX_BODY_BYTES} are taken.`,
    );
  }
  return body.toString('utf8');
}

function parseBody(body: string): GraphqlRequest {
  if (body.trim() === '') {
    throw new RequestError(400, 'MalformedHttpRequestException', 'Request body is empty.');
  }
  const unparsable = new RequestError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
  let request: Partial<GraphqlRequest> | null;
  try {
    request = JSON.parse(body) as Partial<GraphqlRequest> | null;
  } catch {
    throw unparsable;
  }
  const { query, variables, operationName } = request ?? {};
  if (
    typeof query !== 'string' ||
    !(variables === undefined || (typeof variables === 'object' && !Array.isArray(variables))) ||
    !(operationName === undefined || operationName === null || typeof operationName === 'string')
  ) {
    throw unparsable;
  }
  return { query, variables, operationName };
}

function present(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
