import type { IncomingMessage, ServerResponse } from 'node:http';
import { told } from '../../endpoint/http-error';
import { readBody } from '../../endpoint/read-body';
import type { Route } from '../../endpoint/route';
import { sendJson } from '../../endpoint/send-json';
import { isRecord } from '../../shared/is-record';
import { invalidValue, SqsError } from './errors';
import type { Input } from './input';
import { OPERATIONS } from './operations';
import type { Queues } from './queues';

const TARGET = 'AmazonSQS.';
/** Ten messages of the largest size are smaller, however they are escaped. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** SQS's endpoint: AWS's JSON protocol, version 1.0. Signatures are not looked at. */
export class SqsHttp implements Route {
  constructor(private readonly queues: Queues) {}

  /** Whether a request is for SQS, whatever its path. */
  serves({ headers }: IncomingMessage): boolean {
    return String(headers['x-amz-target'] ?? '').startsWith(TARGET);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hangUp = new AbortController();
    response.once('close', () => hangUp.abort());
    try {
      const answer = await this.answer(request, hangUp.signal);
      send(response, 200, answer ?? {});
    } catch (error) {
      const { status, errorType, message } = told(error, 'InternalFailure');
      const queryError = error instanceof SqsError ? `${error.queryCode};Sender` : `${errorType};Receiver`;
      send(
        response,
        status,
        { __type: `com.amazonaws.sqs#${errorType}`, message },
        { 'x-amzn-query-error': queryError },
      );
    }
  }

  private async answer(request: IncomingMessage, signal: AbortSignal): Promise<unknown> {
    const name = String(request.headers['x-amz-target']).slice(TARGET.length);
    const body = await readBody(request, MAX_BODY_BYTES, invalidValue);
    const input = parse(body.toString());
    if (!Object.hasOwn(OPERATIONS, name)) {
      throw new SqsError('UnknownOperationException', `The operation ${name} is not served locally.`, 'InvalidAction');
    }
    return OPERATIONS[name]!(input, this.queues, signal);
  }
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  sendJson(response, status, body, { 'content-type': 'application/x-amz-json-1.0', ...headers });
}

function parse(body: string): Input {
  try {
    const input = JSON.parse(body) as unknown;
    if (isRecord(input)) {
      return input;
    }
  } catch {
    // Told below, like any other body that is no object.
  }
  throw new SqsError('SerializationException', 'The request is not a JSON object.', 'SerializationException');
}
