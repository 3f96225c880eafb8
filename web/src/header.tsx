import type { Config } from './config';
import { useDesk } from './context';
import { LOCAL_USERS, type User } from './users';
import { ThemeButton } from './theme';

export function Header({ config, leave }: { config: Config; leave: (user?: User) => void }) {
  const { user } = useDesk();
  return (
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
  );
}
