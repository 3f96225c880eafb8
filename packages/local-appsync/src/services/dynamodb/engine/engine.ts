/** A DynamoDB that answers. */
export interface Engine {
  readonly name: 'dynoxide' | 'dynamodb-local' | 'remote';
  /** For every AWS client, DynamoDB and streams alike: `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  /** Of its process, where this process started one. */
  readonly pid?: number;
  /** Resolves if the engine dies by itself, with a sentence why. Never resolves after `stop`. */
  readonly died: Promise<string>;
  /** Resolves when the engine is gone; items, indexes and stream records stay in its directory. */
  stop(): Promise<void>;
}
