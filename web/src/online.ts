import { useSyncExternalStore } from 'react';

let offlineSince: number | null = navigator.onLine ? null : Date.now();

/** When the browser lost its network; null while it has one. A socket may survive that for a while. */
export function useOfflineSince(): number | null {
  return useSyncExternalStore(listen, () => offlineSince);
}

function listen(listener: () => void): () => void {
  const heard = ({ type }: Event) => {
    offlineSince = type === 'offline' ? Date.now() : null;
    listener();
  };
  addEventListener('online', heard);
  addEventListener('offline', heard);
  return () => {
    removeEventListener('online', heard);
    removeEventListener('offline', heard);
  };
}
