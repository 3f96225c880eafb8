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

/** What was written under the key as JSON; null if there is nothing. What can't be read is set aside, for people to see. */
export function readJson<T>(shelf: Shelf, key: string): T | null {
  const text = shelf.read(key);
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    setAside(shelf, key, text!);
    return null;
  }
}

const ASIDE = 'desk.unreadable/';

/** A text that was kept and can't be read any more. */
export interface Unreadable {
  key: string;
  text: string;
}

function setAside(shelf: Shelf, key: string, text: string): void {
  try {
    shelf.write(ASIDE + key, text);
  } catch {
    // Without room for a copy it stays where it is.
    return;
  }
  shelf.remove(key);
}

/** What was set aside of keys that begin so. */
export function unreadable(shelf: Shelf, prefix: string): Unreadable[] {
  return shelf.keys(ASIDE + prefix).map((key) => ({ key, text: shelf.read(key) ?? '' }));
}

export function isAside(key: string): boolean {
  return key.startsWith(ASIDE);
}
