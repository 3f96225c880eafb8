import { useState } from 'react';

/** What somebody has typed and not sent yet, kept over reloads. */
export interface Draft<T> {
  value: T;
  isEmpty: boolean;
  change(change: Partial<T>): void;
  clear(): void;
  /** The same for the same content: so that a retry is one, and a changed draft is another command. */
  commandId(): string;
}

interface Stored<T> {
  value: T;
  attempt?: { content: string; commandId: string };
}

/** `key` says whose it is and of what; `initial` is what the form shows before anything is typed. */
export function useDraft<T extends object>(key: string, initial: T): Draft<T> {
  const [, render] = useState(0);
  const stored = read<T>(key);
  const value = stored ? { ...initial, ...stored.value } : initial;
  const write = (next: Stored<T> | undefined) => {
    if (next) {
      localStorage.setItem(key, JSON.stringify(next));
    } else {
      localStorage.removeItem(key);
    }
    render((n) => n + 1);
  };
  return {
    value,
    isEmpty: stored === undefined,
    change: (change) => write({ ...read<T>(key), value: { ...(read<T>(key)?.value ?? {}), ...change } as T }),
    clear: () => write(undefined),
    commandId: () => {
      const content = JSON.stringify(value);
      const known = read<T>(key)?.attempt;
      if (known?.content === content) {
        return known.commandId;
      }
      const attempt = { content, commandId: crypto.randomUUID() };
      write({ value: read<T>(key)?.value ?? value, attempt });
      return attempt.commandId;
    },
  };
}

function read<T>(key: string): Stored<T> | undefined {
  const text = localStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Stored<T>);
}
