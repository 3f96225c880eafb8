import { generateClient } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';
import { amplifyConnection } from '../../client/amplify';
import type { Connection } from '../../client/connection';
import type { Config } from './config';
import { accessToken } from './session';
import { ApiError, Unreachable } from './shared/errors';
import type { Gate } from './shared/gate';

interface Answer<T> {
  data: T;
  errors?: { message: string; errorType?: string; errorInfo?: Record<string, unknown> | null }[];
}

const PATIENCE_MS = 30_000;

export class Api implements Connection {
  readonly subscribe: Connection['subscribe'];

  constructor(
    private readonly config: Config,
    private readonly gate: Gate,
  ) {
    const { subscribe } = amplifyConnection(generateClient(), Hub);
    this.subscribe = (document, variables, listener) =>
      subscribe(document, variables, {
        ...listener,
        connected: () => {
          // A server that takes subscriptions answers again.
          void this.gate.hurry();
          listener.connected();
        },
      });
  }

  /** Asks as soon as the gate allows it. Whoever reads asks again by itself. Rejects with ApiError or Unreachable. */
  readonly query = async <T>(query: string, variables: object): Promise<T> =>
    this.gate.ask(PATIENCE_MS, (leftMs) => this.request<T>(query, variables, leftMs));

  /** Asks at once: for who has a pass. Rejects with ApiError or Unreachable. */
  readonly ask = async <T>(query: string, variables: object): Promise<T> =>
    this.request<T>(query, variables, PATIENCE_MS);

  private async request<T>(query: string, variables: object, patienceMs: number): Promise<T> {
    const { data, errors } = await this.post<T>(JSON.stringify({ query, variables }), patienceMs);
    const error = errors?.[0];
    if (error) {
      throw new ApiError(error.message, error.errorType ?? 'Error', error.errorInfo ?? null);
    }
    return data;
  }

  private async post<T>(body: string, patienceMs: number): Promise<Answer<T>> {
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await fetch(this.config.endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: await unlessAborted(accessToken(), signal) },
        body,
        signal,
      });
      if (response.status >= 500 || response.status === 429) {
        throw new Error(`HTTP ${response.status}`);
      }
      const answer = (await response.json()) as unknown;
      if (!isAnswer<T>(answer)) {
        throw new Error('What answered is not the API.');
      }
      return answer;
    } catch (error) {
      throw new Unreachable((error as Error).message, { cause: error });
    }
  }
}

/** A network that wants a sign-in of its own answers for the API, with status 200. */
function isAnswer<T>(answer: unknown): answer is Answer<T> {
  return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
}

/** A token may have to be fetched, too, by a library that waits for as long as it takes. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    promise.then(resolve, reject);
  });
}
