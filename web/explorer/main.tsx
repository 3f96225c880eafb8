import { GraphiQL } from 'graphiql';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { type Config, loadConfig } from '../src/config';
import { Bar } from './bar';
import { ExchangeLine } from './exchange-line';
import './explorer.css';
import { type Exchange, fetcherFor } from './fetcher';
import { type Identity, wordsOf } from './identity';
import { readLink, writeLink } from './link';
import { FIRST_VISIT, frontTab, type Opening } from './opening';
import { returnFocusFromDialogs } from './return-focus';
import { Subscriptions } from './subscriptions';
import { useAccessibleEditors } from './use-accessible-editors';
import { useTab } from './use-tab';

function Explorer({ config, opening }: { config: Config; opening: Opening }) {
  const [identity, setIdentity] = useState<Identity>(opening.identity ?? 'api-key');
  const [exchange, exchanged] = useState<Exchange | null>(null);
  const subscriptions = useMemo(() => new Subscriptions(config), [config]);
  const fetcher = useMemo(
    () => fetcherFor({ config, identity, subscriptions, exchanged }),
    [config, identity, subscriptions],
  );
  const choose = (other: Identity) => {
    subscriptions.end(`You ask as ${wordsOf(other)} from now on.`);
    setIdentity(other);
  };
  return (
    <main className="explorer">
      <GraphiQL
        fetcher={fetcher}
        query={opening.query}
        variables={opening.variables}
        headers={opening.headers}
        shouldPersistHeaders
        isHeadersEditorEnabled
      >
        <Around {...{ identity, choose, exchange, subscriptions }} />
      </GraphiQL>
    </main>
  );
}

/** What is around GraphiQL, and is rendered from inside it because it works on its tabs. */
function Around({
  identity,
  choose,
  exchange,
  subscriptions,
}: {
  identity: Identity;
  choose(identity: Identity): void;
  exchange: Exchange | null;
  subscriptions: Subscriptions;
}) {
  const tab = useTab();
  useAccessibleEditors();
  const seen = useRef(tab.id);
  useEffect(() => {
    if (seen.current !== tab.id) {
      seen.current = tab.id;
      // What it received next would go into the wrong tab.
      subscriptions.leave();
    }
  }, [tab.id, subscriptions]);
  const link = writeLink(location.href, { ...tab, identity });
  return (
    <>
      <In id="bar">
        <Bar tab={tab} identity={identity} choose={choose} />
      </In>
      <In id="exchange">
        <ExchangeLine exchange={exchange} link={link} />
      </In>
    </>
  );
}

function In({ id, children }: { id: string; children: ReactNode }) {
  return createPortal(children, document.getElementById(id)!);
}

async function start(): Promise<void> {
  returnFocusFromDialogs();
  const shared = readLink(location.hash);
  const opening = shared ? { ...shared, headers: '' } : (frontTab(localStorage) ?? FIRST_VISIT);
  // The tab keeps it from now on, and what is changed in it: the address would bring back what it was.
  history.replaceState(null, '', location.pathname);
  const root = document.getElementById('root')!;
  const config = await loadConfig(() => {
    root.textContent = 'The server does not answer. The explorer tries again by itself.';
  });
  root.textContent = '';
  createRoot(root).render(<Explorer config={config} opening={opening} />);
}

start().catch((error: Error) => {
  document.getElementById('root')!.textContent = `The explorer could not start: ${error.message}. Reload to try again.`;
});
