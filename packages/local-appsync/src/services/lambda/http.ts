import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, told } from '../../endpoint/http-error';
import { readBody } from '../../endpoint/read-body';
import type { Route } from '../../endpoint/route';
import { sendJson } from '../../endpoint/send-json';
import { type InvocationResult, MAX_REQUEST_BYTES } from './invocation';

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;

/** Calls a function by its name or ARN; undefined if there is none. */
export type Invoke = (reference: string, payload: unknown) => Promise<InvocationResult | undefined>;

/**
 * Lambda's Invoke for the ordinary SDK client, RequestResponse alone. Signatures are not looked at, but one has to be
 * there: a page of another site can't bring one along without asking first.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class LambdaHttp implements Route {
  constructor(private readonly invoke: Invoke) {}

  /** Whether a request is one for Lambda, by its path. */
  serves({ url = '/' }: IncomingMessage): boolean {
    return INVOCATIONS.test(url);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const result = await this.answer(request);
      if (result.ok) {
        sendJson(response, 200, result.payload);
      } else {
        const { errorType, errorMessage, trace } = result;
        sendJson(response, 200, { errorType, errorMessage, trace }, { 'x-amz-function-error': 'Unhandled' });
      }
    } catch (error) {
      const { status, errorType, message } = told(error, 'ServiceException');
      sendJson(response, status, { Type: 'User', Message: message, message }, { 'x-amzn-errortype': errorType });
    }
  }

  private async answer(request: IncomingMessage): Promise<InvocationResult> {
    const name = nameOf(INVOCATIONS.exec(request.url!)![1]!);
    const body = await readBody(
      request,
      MAX_REQUEST_BYTES,
      (message) => new HttpError(413, 'RequestTooLargeException', message),
    );
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
      throw new HttpError(403, 'MissingAuthenticationTokenException', 'The request is not signed.');
    }
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (request.method !== 'POST' || type !== 'RequestResponse') {
      throw new HttpError(400, 'InvalidParameterValueException', `Only RequestResponse is served locally.`);
    }
    const result = await this.invoke(name, parse(body.toString()));
    if (!result) {
      throw new HttpError(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    }
    return result;
  }
}

function nameOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new HttpError(400, 'ValidationException', `The function name '${encoded}' is not URL-encoded.`);
  }
}

function parse(body: string): unknown {
  try {
    return body === '' ? {} : (JSON.parse(body) as unknown);
  } catch (error) {
    throw new HttpError(
      400,
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
