import { useEffect } from 'react';
import { useDesk } from '../context';
import { useStore } from '../use-store';
import type { Kept } from './drafts';

export interface Draft<T> {
  value: T;
  /** When it was typed; null if nothing is. */
  typedAt: number | null;
  change(change: Partial<T>): void;
  /** Returns what was typed, for whoever wants it back. */
  clear(): Kept<T> | null;
}

/** `initial` is what the form shows before anything is typed. */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const { drafts } = useDesk();
  useStore(drafts);
  useEffect(() => void drafts.adopt(), [drafts, name]);
  const kept = drafts.get<T>(name);
  return {
    value: kept ? { ...initial, ...kept.value } : initial,
    typedAt: kept?.at ?? null,
    // Of what is there now: two fields may change before the form is shown again.
    change: (change) => drafts.put(name, { ...initial, ...drafts.get<T>(name)?.value, ...change }),
    clear: () => drafts.clear<T>(name),
  };
}
