/** Texts by key that all tabs share, and that outlive them. */
export interface Shelf {
  read(key: string): string | null;
  /** Throws if there is no room. */
  write(key: string, text: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
  /** Tells which key changed, in this tab or in another. Returns how to stop. */
  listen(listener: (key: string) => void): () => void;
}

/** What was written under the key as JSON; null if there is nothing, or nothing that can be read. */
export function readJson<T>(shelf: Shelf, key: string): T | null {
  const text = shelf.read(key);
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}
