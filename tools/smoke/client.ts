import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { decodeJWT, signIn, signOut } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
import { WebSocket } from 'ws';
import { amplifyConnection } from '../../client/amplify';
import type { Caller, Target } from './target';

// Node 20 has no WebSocket of its own.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;

/** An answer with errors: what they are, in the API's words. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly errors: { errorType?: string; errorInfo?: unknown; message: string }[]) {
    super(errors.map(({ errorType, message }) => `${errorType ?? 'error'}: ${message}`).join('; '));
  }
}

/** Amplify's client, as a web client would use it. */
export interface Client {
  /** Throws Refused. */
  run(query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Resolves once changes are heard; rejects if the API refuses. */
  subscribe(query: string, variables: Record<string, unknown>, hear: (data: unknown) => void): Promise<() => void>;
  close(): Promise<void>;
}

/** Rejects with Refused if the API does not know the caller. */
export async function connect({ endpoint, region, caller }: Target): Promise<Client> {
  const authMode = caller.as === 'apiKey' ? 'apiKey' : 'userPool';
  Amplify.configure(
    {
      API: {
        GraphQL: {
          // Amplify turns http:, which only a local endpoint has, into wss: for its realtime link, but not in capitals.
          endpoint: endpoint.replace(/^http:/, 'HTTP:'),
          region,
          defaultAuthMode: authMode,
          apiKey: caller.as === 'apiKey' ? caller.apiKey : undefined,
        } as never,
      },
      ...(caller.as === 'user' ? { Auth: { Cognito: poolOf(caller) } } : {}),
    },
    caller.as === 'token' ? { Auth: { tokenProvider: tokensOf(caller.token) } } : undefined,
  );
  if (caller.as === 'user') {
    const { nextStep } = await signIn({ username: caller.username, password: caller.password });
    if (nextStep.signInStep !== 'DONE') {
      throw new Error(`The user can't just sign in: ${nextStep.signInStep} comes first.`);
    }
  }
  const connection = amplifyConnection(generateClient(), Hub);
  const client: Client = {
    run: (query, variables) =>
      connection.query<Record<string, unknown>>(query, variables).catch((reason: unknown) => {
        throw refusal(reason);
      }),
    subscribe: (query, variables, hear) =>
      new Promise((resolve, reject) => {
        const stop = connection.subscribe(query, variables, {
          connected: () => resolve(stop),
          next: hear,
          interrupted: () => undefined,
          error: (reason) => reject(refusal(reason)),
        });
      }),
    close: async () => {
      if (caller.as === 'user') {
        await signOut();
      }
    },
  };
  // Amplify does not always tell that the API refused the realtime connection. A query is always answered.
  await client.run('{ __typename }', {});
  return client;
}

function poolOf({ userPoolId, clientId }: Extract<Caller, { as: 'user' }>) {
  return {
    userPoolId,
    userPoolClientId: clientId,
  };
}

function tokensOf(token: string) {
  return { getTokens: () => Promise.resolve({ accessToken: decodeJWT(token) }) };
}

/** Amplify rejects with the answer itself. */
function refusal(reason: unknown): Error {
  const { errors } = reason as { errors?: Refused['errors'] };
  return errors ? new Refused(errors) : reason instanceof Error ? reason : new Error(String(reason));
}
