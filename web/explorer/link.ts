import { IDENTITIES, type Identity } from './identity';

/** What a link shares: never headers, which may hold a secret. */
export interface Shared {
  query: string;
  /** JSON. */
  variables: string;
  identity: Identity;
}

export function writeLink(page: string, { query, variables, identity }: Shared): string {
  const url = new URL(page);
  url.hash = new URLSearchParams({ query, variables, as: identity }).toString();
  return url.href;
}

/** What the link of this page shares; null if it is a plain one. An identity that nobody knows is the API key. */
export function readLink(hash: string): Shared | null {
  const shared = new URLSearchParams(hash.slice(1));
  const query = shared.get('query');
  const known = IDENTITIES.find(({ identity }) => identity === shared.get('as'));
  return query === null
    ? null
    : { query, variables: shared.get('variables') ?? '', identity: known?.identity ?? 'api-key' };
}
