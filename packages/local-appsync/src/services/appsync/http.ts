import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServedAuthenticator } from './auth/authenticator';
import { HttpError, told } from '../../endpoint/http-error';
import { readBody } from '../../endpoint/read-body';
import { sendJson } from '../../endpoint/send-json';
import type { GraphqlRequest, ServedApi } from './execution/api';

/** A larger request body is refused. AWS documents no figure; this is the one its support has named. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Of which origins is up to the endpoint. */
const CORS = {
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
        throw new HttpError(405, 'UnknownOperationException', message);
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

function tooLarge(message: string): HttpError {
  return new HttpError(413, 'RequestEntityTooLargeException', message);
}

/** Answers an error of the whole request. */
function sendError(response: ServerResponse, error: unknown, requestId: string): void {
  const { status, errorType, message } = told(error, 'InternalFailure');
  send(response, status, { errors: [{ errorType, message }] }, requestId, { 'x-amzn-ErrorType': errorType });
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  requestId: string,
  more: Record<string, string>,
): void {
  sendJson(response, status, body, {
    ...CORS,
    'content-type': 'application/json;charset=UTF-8',
    'x-amzn-requestid': requestId,
    'x-amzn-appsync-tokensconsumed': '1',
    // Names in any case are the same header.
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name.toLowerCase(), value])),
  });
}

/** Reads `{query, variables?, operationName?}`. Throws HttpError. */
function readGraphqlRequest(body: Buffer): GraphqlRequest {
  const text = body.toString();
  if (text.trim() === '') {
    throw new HttpError(400, 'MalformedHttpRequestException', 'Request body is empty.');
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

function unparsable() {
  return new HttpError(400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');
}

function present(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
