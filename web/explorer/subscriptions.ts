import type { FetcherParams, Observable } from '@graphiql/toolkit';
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';
import { type AmplifyClient, amplifyConnection } from '../../client/amplify';
import type { Listener } from '../../client/connection';
import type { Config } from '../src/config';
import { append, type Happening, type Transcript } from './transcript';

interface Observer {
  next(transcript: Transcript): void;
  complete(): void;
}

/** One subscription at a time, over AppSync's realtime protocol. All that becomes of it stays in sight. */
export class Subscriptions {
  private running?: Running;

  constructor(private readonly config: Config) {}

  /** Each value is the whole transcript so far. */
  open({ query, variables }: FetcherParams, headers: Record<string, string>, as: string): Observable<Transcript> {
    const subscribe = (observer: Observer) => {
      this.end('Another subscription began.');
      const running = new Running(as, observer);
      this.running = running;
      running.begin((listener) => this.connection(headers).subscribe(query, (variables ?? {}) as object, listener));
      return { unsubscribe: () => running.end('You stopped it.') };
    };
    // Its type has older forms of `subscribe`, too, that GraphiQL does not use.
    return { subscribe } as unknown as Observable<Transcript>;
  }

  /** Ends what runs, if anything does, and says why after what it received. */
  end(why: string): void {
    this.running?.end(why);
  }

  /** Ends what runs, if anything does, without a word: another tab is where it would be shown. */
  leave(): void {
    this.running?.leave();
  }

  private connection(headers: Record<string, string>) {
    const token = headers.authorization;
    Amplify.configure({
      API: {
        GraphQL: {
          // Amplify turns http:// into wss://, but not when the scheme is in capitals.
          endpoint: this.config.endpoint.replace(/^http:/, 'HTTP:'),
          region: this.config.region,
          defaultAuthMode: token ? 'lambda' : 'apiKey',
          apiKey: headers['x-api-key'],
        },
      },
    });
    const client = generateClient() as unknown as AmplifyClient;
    const whole: AmplifyClient = {
      // AppSync reads a token from the same header, whatever mode the client calls it.
      graphql: (request) => withErrors(client.graphql({ ...request, authToken: token } as never)),
    };
    return amplifyConnection(whole, Hub);
  }
}

interface Values {
  subscribe(observer: { next(value: unknown): void }): unknown;
}

/** The connection hands on the data of a value alone. Here people want its errors, too. */
function withErrors(values: unknown): Values {
  return {
    subscribe: (observer) =>
      (values as Values).subscribe({ ...observer, next: (value) => observer.next({ data: value }) }),
  };
}

function reasonOf(error: unknown): string {
  const { errors, message } = error as { errors?: { message: string }[]; message?: string };
  return errors?.map(({ message }) => message).join(' ') ?? message ?? 'The server ended it.';
}

class Running {
  private transcript: Transcript;
  private close?: () => void;
  private isOver = false;

  constructor(
    as: string,
    private readonly observer: Observer,
  ) {
    this.transcript = { as, newestFirst: [] };
  }

  begin(subscribe: (listener: Listener<unknown>) => () => void): void {
    this.note({ is: 'asked' });
    this.close = subscribe({
      connected: () => this.note({ is: 'subscribed' }),
      next: (received) => this.note({ received }),
      interrupted: () => this.note({ is: 'interrupted' }),
      error: (error) => this.end(reasonOf(error)),
    });
  }

  end(why: string): void {
    this.note({ is: 'ended', why });
    this.leave();
  }

  leave(): void {
    if (!this.isOver) {
      this.isOver = true;
      this.close?.();
      this.observer.complete();
    }
  }

  private note(happening: Happening): void {
    if (!this.isOver) {
      this.transcript = append(this.transcript, happening);
      this.observer.next(this.transcript);
    }
  }
}
