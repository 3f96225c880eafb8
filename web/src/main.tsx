import { fetchAuthSession, signOut } from 'aws-amplify/auth';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Status } from '../../client/connection';
import { Api } from './api';
import { type Config, loadConfig } from './config';
import { DeskContext } from './context';
import { CreateDialog } from './create';
import './desk.css';
import { TicketList } from './list/list';
import { go, hrefOf, useRoute } from './route';
import { chooseLocalUser, configure, LOCAL_USERS, localUser, type User } from './session';
import { SignIn } from './sign-in';
import { applyTheme, ThemeButton } from './theme';
import { TicketPane } from './ticket/pane';

function Desk({ config, user, leave }: { config: Config; user: User; leave: (user?: User) => void }) {
  const route = useRoute();
  const [isCreating, setCreating] = useState(false);
  const [words, announce] = useState('');
  const [connection, setConnection] = useState<Status>('connecting');
  const api = useMemo(() => new Api(config), [config, user]);
  return (
    <DeskContext value={{ api, user, announce }}>
      <header className="top">
        <h1>
          <img src="/icon.svg" alt="" width={24} height={24} /> Ticket desk
        </h1>
        <nav aria-label="Desk">
          {!config.userPool && <a href="/explorer/">API explorer</a>}
          <ThemeButton />
          {config.userPool ? (
            <>
              <bdi>{user.name}</bdi>
              <button type="button" className="quiet" onClick={() => leave()}>
                Sign out
              </button>
            </>
          ) : (
            <label className="who">
              You are
              <select
                value={user.name}
                onChange={({ target }) => leave(LOCAL_USERS.find(({ name }) => name === target.value))}
              >
                {LOCAL_USERS.map(({ name, isAgent }) => (
                  <option key={name} value={name}>
                    {name}, {isAgent ? 'agent' : 'requester'}
                  </option>
                ))}
              </select>
            </label>
          )}
        </nav>
      </header>
      <main className={route.ticket === null ? 'panes no-ticket' : 'panes'}>
        <TicketList route={route} create={() => setCreating(true)} connected={setConnection} />
        {route.ticket === null ? (
          <section className="pane ticket placeholder" aria-label="Ticket">
            <p className="empty">Choose a ticket, or create one.</p>
          </section>
        ) : (
          <TicketPane key={route.ticket} id={route.ticket} back={hrefOf({ ...route, ticket: null })} />
        )}
      </main>
      {isCreating && (
        <CreateDialog
          connection={connection}
          close={() => setCreating(false)}
          created={(ticket) => {
            setCreating(false);
            announce('The ticket is created.');
            go({ ...route, ticket: ticket.id });
          }}
        />
      )}
      <p className="spoken" role="status">
        {words}
      </p>
    </DeskContext>
  );
}

function App({ config, known }: { config: Config; known: User | undefined }) {
  const [user, setUser] = useState(known);
  if (!user) {
    return <SignIn done={() => void signedIn().then(setUser)} />;
  }
  const leave = (other?: User) => {
    if (other) {
      chooseLocalUser(other.name);
      configure(config, other);
      setUser(other);
    } else {
      void signOut().then(() => setUser(undefined));
    }
  };
  return <Desk key={user.name} config={config} user={user} leave={leave} />;
}

async function signedIn(): Promise<User | undefined> {
  const payload = (await fetchAuthSession()).tokens?.accessToken.payload;
  const groups = (payload?.['cognito:groups'] ?? []) as string[];
  return payload && { name: String(payload.username), isAgent: groups.includes('agents') };
}

async function start(): Promise<void> {
  applyTheme();
  const config = await loadConfig();
  const user = config.userPool ? undefined : localUser();
  configure(config, user);
  createRoot(document.getElementById('root')!).render(<App config={config} known={user ?? (await signedIn())} />);
}

start().catch((error: Error) => {
  document.getElementById('root')!.textContent = `The desk could not start: ${error.message}. Reload to try again.`;
});
