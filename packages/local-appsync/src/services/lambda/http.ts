import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../http/read-body';
import { type InvocationResult, MAX_REQUEST_BYTES } from './invocation';

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;

/** Calls a function by its name or ARN; undefined if there is none. */
export type Invoke = (reference: string, payload: unknown) => Promise<InvocationResult | undefined>;

class LambdaError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Lambda's Invoke for the ordinary SDK client, RequestResponse alone. Signatures are not looked at, but one has to be
 * there: a page of another site can't bring one along without asking first.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class LambdaHttp {
  constructor(private readonly invoke: Invoke) {}

  /** Whether a request is one for Lambda, by its path. */
  serves({ url = '/' }: IncomingMessage): boolean {
    return INVOCATIONS.test(url);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const result = await this.answer(request);
      if (result.ok) {
        send(response, 200, result.payload);
      } else {
        const { errorType, errorMessage, trace } = result;
        send(response, 200, { errorType, errorMessage, trace }, { 'x-amz-function-error': 'Unhandled' });
      }
    } catch (error) {
      const known = error instanceof LambdaError;
      if (!known) {
        console.error(error);
      }
      const { status, type, message } = known ? error : FAILURE;
      send(response, status, { Type: 'User', Message: message, message }, { 'x-amzn-errortype': type });
    }
  }

  private async answer(request: IncomingMessage): Promise<InvocationResult> {
    const name = decodeURIComponent(INVOCATIONS.exec(request.url!)![1]!);
    const body = await readBody(
      request,
      MAX_REQUEST_BYTES,
      (message) => new LambdaError(413, 'RequestTooLargeException', message),
    );
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      throw new LambdaError(403, 'MissingAuthenticationTokenException', 'The request is not signed.');
    }
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (request.method !== 'POST' || type !== 'RequestResponse') {
      throw new LambdaError(400, 'InvalidParameterValueException', `Only RequestResponse is served locally.`);
    }
    const result = await this.invoke(name, parse(body.toString()));
    if (!result) {
      throw new LambdaError(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    }
    return result;
  }
}

const FAILURE = { status: 500, type: 'ServiceException', message: 'An internal failure occurred.' };

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers })
    .end(JSON.stringify(body ?? null));
}

function parse(body: string): unknown {
  try {
    return body === '' ? {} : (JSON.parse(body) as unknown);
  } catch (error) {
    throw new LambdaError(
      400,
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
