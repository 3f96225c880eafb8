import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Config, loadConfig } from '../src/config';
import { LOCAL_USERS } from '../src/session';
import { EXAMPLES } from './examples';
import './explorer.css';
import { fetcherFor, type Identity } from './fetcher';

/** Of the local system; on any other a key goes into the headers editor. */
const LOCAL_KEY = 'da2-local';

function Explorer({ config }: { config: Config }) {
  const [identity, setIdentity] = useState<Identity>('api-key');
  const [example, setExample] = useState(0);
  const fetcher = useMemo(() => fetcherFor(config, identity, LOCAL_KEY), [config, identity]);
  const { query, variables } = EXAMPLES[example]!;
  return (
    <>
      <header className="bar">
        <h1>API explorer</h1>
        <label>
          Example
          <select value={example} onChange={({ target }) => setExample(Number(target.value))}>
            {EXAMPLES.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Ask as
          <select value={identity} onChange={({ target }) => setIdentity(target.value as Identity)}>
            <option value="api-key">the API key</option>
            {LOCAL_USERS.map(({ name, isAgent }) => (
              <option key={name} value={`${name}:${isAgent ? 'agents' : ''}`}>
                {name}, {isAgent ? 'agent' : 'requester'}
              </option>
            ))}
          </select>
        </label>
        <a href="/">Ticket desk</a>
      </header>
      <main className="explorer">
        <GraphiQL
          key={example}
          fetcher={fetcher}
          query={query}
          variables={JSON.stringify(variables ?? {}, null, 2)}
          shouldPersistHeaders
          isHeadersEditorEnabled
        />
      </main>
    </>
  );
}

async function start(): Promise<void> {
  createRoot(document.getElementById('root')!).render(<Explorer config={await loadConfig()} />);
}

start().catch((error: Error) => {
  document.getElementById('root')!.textContent = `The explorer could not start: ${error.message}. Reload to try again.`;
});
