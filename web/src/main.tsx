import { fetchAuthSession, signOut } from 'aws-amplify/auth';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Config, loadConfig } from './config';
import { Desk, type Parts } from './desk';
import './desk.css';
import { isTabOpen, nameOfTab } from './drafts/tab';
import { keepFocus } from './focus-keeper';
import { addressed, readRoute } from './link';
import { chooseLocalUser, configure, localUser } from './session';
import { browserLock, browserShelf } from './shared/browser';
import { Gate } from './shared/gate';
import { SignIn } from './sign-in';
import { applyTheme } from './theme';
import type { User } from './users';

function App({ parts, known }: { parts: Parts; known: User | undefined }) {
  const { config } = parts;
  const [user, setUser] = useState(known);
  const become = (other: User) => {
    configure(config, other);
    setUser(other);
  };
  useEffect(() => {
    const follow = () => {
      const { user: name } = readRoute(location.hash);
      if (!config.userPool && name !== null && name !== user?.name) {
        become(localUser(name));
      }
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  });
  if (!user) {
    return <SignIn done={() => void signedIn().then(setUser)} />;
  }
  const leave = (other?: User) => {
    if (other) {
      chooseLocalUser(other.name);
      location.replace(addressed(location.hash, other.name));
    } else {
      void signOut().then(() => setUser(undefined));
    }
  };
  return <Desk key={user.name} parts={parts} user={user} leave={leave} />;
}

async function signedIn(): Promise<User | undefined> {
  const payload = (await fetchAuthSession()).tokens?.accessToken.payload;
  const groups = (payload?.['cognito:groups'] ?? []) as string[];
  return payload && { name: String(payload.username), isAgent: groups.includes('agents') };
}

/** Who uses the local system; the address says so from now on, and with it each link of this tab. */
function startLocally(config: Config): User {
  const route = readRoute(location.hash);
  const user = localUser(route.user);
  configure(config, user);
  if (route.user !== user.name) {
    location.replace(addressed(location.hash, user.name));
  }
  return user;
}

async function start(): Promise<void> {
  applyTheme();
  const root = document.getElementById('root')!;
  const config = await loadConfig(() => {
    root.textContent = 'The server does not answer. The desk tries again by itself.';
  });
  root.textContent = '';
  keepFocus(root);
  const [shelf, lock] = [browserShelf(), browserLock()];
  const gate = new Gate(shelf, lock);
  addEventListener('online', () => void gate.hurry());
  const parts: Parts = { config, shelf, lock, gate, tab: await nameOfTab(), isTabOpen };
  let user: User | undefined;
  if (config.userPool) {
    configure(config, undefined);
    user = await signedIn();
  } else {
    user = startLocally(config);
  }
  createRoot(root).render(<App parts={parts} known={user} />);
}

start().catch((error: unknown) => {
  console.error(error);
  const words = 'The desk could not start. Reload to try again.';
  document.getElementById('root')!.textContent = words;
});
