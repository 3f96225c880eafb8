import { type Lock, lockWithin } from './lock';
import type { Shelf } from './shelf';

/** localStorage. It writes at once, so that what was pressed is kept even if the page ends in the same moment. */
export function browserShelf(): Shelf {
  const listeners = new Set<(key: string) => void>();
  const tell = (key: string) => [...listeners].forEach((listener) => listener(key));
  addEventListener('storage', ({ key, storageArea }) => {
    if (storageArea === localStorage && key !== null) {
      tell(key);
    }
  });
  return {
    read: (key) => localStorage.getItem(key),
    write: (key, text) => {
      localStorage.setItem(key, text);
      tell(key);
    },
    remove: (key) => {
      localStorage.removeItem(key);
      tell(key);
    },
    keys: (prefix) => Object.keys(localStorage).filter((key) => key.startsWith(prefix)),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Web Locks. Without them, as on pages that are not served securely, tabs only wait for themselves. */
export function browserLock(): Lock {
  const { locks } = navigator as { locks?: LockManager };
  return locks ? async (name, act) => locks.request(name, act) : lockWithin(new Map());
}
