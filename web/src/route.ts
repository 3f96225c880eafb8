import { useMemo, useSyncExternalStore } from 'react';
import { type Route, readRoute, writeRoute } from './link';

export type { Route };

export function useRoute(): Route {
  const hash = useSyncExternalStore(listen, () => location.hash);
  return useMemo(() => readRoute(hash), [hash]);
}

export const hrefOf = writeRoute;

/** `replace` takes the place of the current page in the history: Back does not lead to it. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    location.hash = hrefOf(route);
  } else {
    location.replace(hrefOf(route));
  }
}

function listen(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
