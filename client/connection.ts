/** As much of a GraphQL client as following tickets needs: a few lines for any of them, see `amplify.ts` and `apollo.ts`. */
export interface Connection {
  /** Rejects if the answer has errors. Never answers from a cache. */
  query<T>(document: string, variables: object): Promise<T>;
  /** Returns how to end it; may be called after it has ended by itself. Tells of an error if the server does not take it. */
  subscribe<T>(document: string, variables: object, listener: Listener<T>): () => void;
}

export interface Listener<T> {
  /** The server has taken the subscription, for the first time or again: what happens from now on will be heard. */
  connected(): void;
  next(data: T): void;
  /** The connection broke, and comes back by itself: `connected` will tell. */
  interrupted(): void;
  /** It has ended, and will not come back by itself. */
  error(error: unknown): void;
}

/**
 * The state of the connection, as followers see it. `live`: everything that has happened was heard. While reads of what
 * was missed fail, it is `disconnected`, even if pushes arrive.
 */
export type Status = 'connecting' | 'live' | 'disconnected';
