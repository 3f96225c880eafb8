import { Amplify } from 'aws-amplify';
import { decodeJWT, fetchAuthSession } from 'aws-amplify/auth';
import type { Config } from './config';
import { LOCAL_USERS, type User } from './users';

const KEY = 'desk.user';

/**
 * Who uses the local system in this tab: whom the link names, or who it was in this tab, or who was chosen last in this
 * browser. Another tab never changes it.
 */
export function localUser(inLink: string | null): User {
  const names = [inLink, sessionStorage.getItem(KEY), localStorage.getItem(KEY)];
  const known = names.flatMap((name) => LOCAL_USERS.find((user) => user.name === name) ?? []);
  const user = known[0] ?? LOCAL_USERS[0]!;
  sessionStorage.setItem(KEY, user.name);
  return user;
}

export function chooseLocalUser(name: string): void {
  sessionStorage.setItem(KEY, name);
  localStorage.setItem(KEY, name);
}

/** `user` is the local system's; undefined where people sign in. */
export function configure(config: Config, user: User | undefined): void {
  // Amplify turns http:// into wss:// for its realtime link, but not when the scheme is in capitals.
  const endpoint = config.endpoint.replace(/^http:/, 'HTTP:');
  const API = { GraphQL: { endpoint, region: config.region, defaultAuthMode: 'userPool' as const } };
  if (config.userPool) {
    Amplify.configure({ API, Auth: { Cognito: config.userPool } });
  } else {
    Amplify.configure({ API }, { Auth: { tokenProvider: localTokens(user ?? localUser(null)) } });
  }
}

/** The token that the API is asked with. Rejects where nobody is signed in. */
export async function accessToken(): Promise<string> {
  const { tokens } = await fetchAuthSession();
  if (!tokens) {
    throw new Error('Nobody is signed in.');
  }
  return tokens.accessToken.toString();
}

const SOON_MS = 60_000;

function localTokens({ name, isAgent }: User) {
  let token: ReturnType<typeof decodeJWT> | undefined;
  return {
    getTokens: async ({ forceRefresh = false } = {}) => {
      const expires = (token?.payload.exp ?? 0) * 1000;
      if (!token || forceRefresh || expires - Date.now() < SOON_MS) {
        const query = new URLSearchParams({ user: name, groups: isAgent ? 'agents' : '' });
        const response = await fetch(`/local/token?${query}`);
        const answer = (await response.json()) as { token: string; message?: string };
        if (!response.ok) {
          throw new Error(answer.message);
        }
        token = decodeJWT(answer.token);
      }
      return { accessToken: token };
    },
  };
}
