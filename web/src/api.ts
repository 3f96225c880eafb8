import { generateClient } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';
import { amplifyConnection } from '../../client/amplify';
import type { Connection } from '../../client/connection';
import type { Config } from './config';
import { accessToken } from './session';

/** The API refused: `type` and `info` are its errorType and errorInfo. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly type: string,
    readonly info: Record<string, unknown> | null,
  ) {
    super(message);
  }
}

/** The API was not reached, or did not answer: whether it did what it was asked is not known. */
export class Unreachable extends Error {}

interface Answer<T> {
  data: T;
  errors?: { message: string; errorType?: string; errorInfo?: Record<string, unknown> | null }[];
}

export class Api implements Connection {
  readonly subscribe: Connection['subscribe'];

  constructor(private readonly config: Config) {
    this.subscribe = amplifyConnection(generateClient(), Hub).subscribe;
  }

  /** Queries and mutates. Rejects with ApiError or Unreachable. */
  readonly query = async <T>(query: string, variables: object): Promise<T> => {
    const { data, errors } = await this.post<T>(JSON.stringify({ query, variables }));
    const error = errors?.[0];
    if (error) {
      throw new ApiError(error.message, error.errorType ?? 'Error', error.errorInfo ?? null);
    }
    return data;
  };

  private async post<T>(body: string): Promise<Answer<T>> {
    try {
      const response = await fetch(this.config.endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: await accessToken() },
        body,
      });
      if (response.status >= 500) {
        throw new Error(`HTTP ${response.status}`);
      }
      return (await response.json()) as Answer<T>;
    } catch (error) {
      throw new Unreachable((error as Error).message, { cause: error });
    }
  }
}
