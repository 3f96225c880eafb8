import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServedAuthenticator } from './auth/authenticator';
import { Unauthorized } from './auth/unauthorized';
import { readBody } from '../../http/read-body';
import type { GraphqlRequest, ServedApi } from './execution/api';
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
    private readonly api: ServedApi,
    private readonly authenticator: ServedAuthenticator,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, CORS).end();
      return;
    }
    const requestId = randomUUID();
    try {
      if (request.method !== 'POST') {
        const message = `${request.method} is not served here: POST a GraphQL request.`;
        throw new RequestError(405, 'UnknownOperationException', message);
      }
      const body = await readBody(request, MAX_BODY_BYTES, tooLarge);
      const sourceIp = request.socket.remoteAddress ?? '';
      const caller = await this.authenticator.authenticate({
        headers: request.headers,
        method: 'POST',
        path: request.url ?? '/',
        body: body.toString(),
        sourceIp,
      });
      const { headers, ...answer } = await this.api.run(readGraphqlRequest(body), caller, {
        ...present(request.headers),
        'x-amzn-requestid': requestId,
        'x-forwarded-for': sourceIp,
      });
      send(response, 200, answer, requestId, headers);
    } catch (error) {
      // Who has hung up hears no answer.
      if (!request.destroyed || request.complete) {
        sendError(response, error, requestId);
      }
    }
  }
}

function tooLarge(message: string): RequestError {
  return new RequestError(413, 'RequestEntityTooLargeException', message);
}

/** Answers an error of the whole request; one that nobody foresaw is logged and told without its details. */
export function sendError(response: ServerResponse, error: unknown, requestId: string = randomUUID()): void {
  const { status, errorType, message } = told(error);
  send(response, status, { errors: [{ errorType, message }] }, requestId, { 'x-amzn-ErrorType': errorType });
}

function told(error: unknown): Pick<RequestError, 'status' | 'errorType' | 'message'> {
  if (error instanceof RequestError) {
    return error;
  }
  if (error instanceof Unauthorized) {
    return { status: error.statusCode, errorType: error.errorType, message: error.message };
  }
  console.error(error);
  return { status: 500, errorType: 'InternalFailure', message: 'An internal failure occurred.' };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  requestId: string,
  more: Record<string, string>,
): void {
  const headers = {
    ...CORS,
    'content-type': 'application/json;charset=UTF-8',
    'x-amzn-requestid': requestId,
    'x-amzn-appsync-tokensconsumed': '1',
    // Names in any case are the same header.
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name.toLowerCase(), value])),
  };
  const text = JSON.stringify(body);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

/** Reads `{query, variables?, operationName?}`. Throws RequestError. */
function readGraphqlRequest(body: Buffer): GraphqlRequest {
  const text = body.toString();
  if (text.trim() === '') {
    throw new RequestError(400, 'MalformedHttpRequestException', 'Request body is empty.');
  }
  if (!isUtf8(body)) {
    throw unparsable();
  }
  let request: Partial<GraphqlRequest> | null;
  try {
    request = JSON.parse(text) as Partial<GraphqlRequest> | null;
  } catch {
    throw unparsable();
  }
  const { query, variables, operationName } = request ?? {};
  if (
    typeof query !== 'string' ||
    !(variables === undefined || (typeof variables === 'object' && !Array.isArray(variables))) ||
    !(operationName === undefined || operationName === null || typeof operationName === 'string')
  ) {
    throw unparsable();
  }
  return { query, variables, operationName };
}

const unparsable = () => new RequestError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');

function present(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
