import { LOCAL_USERS } from '../src/users';

/** The caller: by the API key, or as a user of the local pool. */
export type Identity = 'api-key' | `${string}:agents` | `${string}:`;

export const IDENTITIES: { identity: Identity; words: string }[] = [
  { identity: 'api-key', words: 'the API key' },
  ...LOCAL_USERS.map(({ name, isAgent }) => ({
    identity: `${name}:${isAgent ? 'agents' : ''}` as const,
    words: `${name}, ${isAgent ? 'agent' : 'requester'}`,
  })),
];

/** Of the local system; on any other a key goes into the headers editor. */
const LOCAL_KEY = 'da2-local';

export function wordsOf(identity: Identity): string {
  return IDENTITIES.find((known) => known.identity === identity)!.words;
}

/** The headers that authorize a request. */
export async function authorization(identity: Identity): Promise<Record<string, string>> {
  if (identity === 'api-key') {
    return { 'x-api-key': LOCAL_KEY };
  }
  const [user, groups] = identity.split(':') as [string, string];
  const response = await fetch(`/local/token?${new URLSearchParams({ user, groups })}`);
  if (!response.ok) {
    throw new Error(`No token for ${user}: the server answered ${response.status}.`);
  }
  const { token } = (await response.json()) as { token: string };
  return { authorization: token };
}
