export interface Listener {
  onConnected(): void;
  onData(data: unknown): void;
  onError(error: unknown): void;
}

/** A public client as these tests use it. */
export interface Adapter {
  run(document: string): Promise<unknown>;
  /** Answers how to unsubscribe. */
  subscribe(document: string, listener: Listener): () => void;
}
