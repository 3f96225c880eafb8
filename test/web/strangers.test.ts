import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { CREATE, post } from '../support/http';
import { RunningSystem } from '../support/system';
import { buildWeb, describeInBrowser, launch } from './browser';

/** What a page's own script can try. Each answers what it got hold of, or why not. */
async function tryAll({ url, create }: { url: string; create: string }): Promise<Record<string, string>> {
  const key = { 'x-api-key': 'da2-local' };
  const input = { title: 'Written by a stranger' };
  const body = JSON.stringify({ query: create, variables: { input } });
  const told = (attempt: Promise<unknown>) =>
    attempt.then(
      (got) => String(got),
      () => 'refused',
    );
  const read = (path: string, init?: RequestInit) =>
    told(fetch(url + path, init).then((response) => (response.ok ? 'open' : 'refused')));
  const protocols = ['graphql-ws', `header-${btoa(JSON.stringify(key)).replace(/=+$/, '')}`];
  return {
    graphql: await read('/graphql', { method: 'POST', headers: key, body }),
    token: await read('/local/token?user=alice&groups=agents'),
    page: await read('/'),
    realtime: await told(
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql/realtime`, protocols);
        socket.onopen = () => resolve('open');
        socket.onerror = reject;
      }),
    ),
  };
}

const CLOSED = {
  graphql: 'refused',
  token: 'refused',
  page: 'refused',
  script: 'refused',
  realtime: 'refused',
};

describeInBrowser('a page that is not of this machine', () => {
  let system: RunningSystem;
  let elsewhere: Server;
  let browser: Browser;
  let port: string;
  /** Of a server with a page of its own. */
  let theirs: number;
  beforeAll(async () => {
    buildWeb();
    system = await RunningSystem.start({ flags: ['--web', join(__dirname, '..', '..', 'web', 'dist')] });
    ({ port } = new URL(system.url));
    elsewhere = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>');
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    theirs = (elsewhere.address() as AddressInfo).port;
    browser = await launch(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
  });
  afterAll(async () => {
    await browser?.close();
    elsewhere?.close();
    await system?.stop();
  });

  const from = async (page: string, url = `http://localhost:${port}`) => {
    const tab = await browser.newPage();
    await tab.goto(page);
    const got = await tab.evaluate(tryAll, { url, create: CREATE });
    const script = await tab.addScriptTag({ url: `${url}/desk.js` }).then(
      () => 'open',
      () => 'refused',
    );
    await tab.close();
    return { ...got, script };
  };
  const titles = async () => {
    const { data } = await post<{ tickets: { items: { title: string }[] } }>(
      system.graphqlUrl,
      '{ tickets { items { title } } }',
    );
    return data?.tickets.items.map(({ title }) => title);
  };

  test('has no access: it can read nothing, write nothing and open no socket', async () => {
    expect(await from(`http://evil.example:${theirs}`)).toEqual(CLOSED);
    expect(await titles()).toEqual([]);
  });

  test('has none either when its name is made to point here (DNS rebinding)', async () => {
    const rebound = `http://evil.example:${port}`;
    expect(await from(rebound, rebound)).toEqual(CLOSED);
    expect(await titles()).toEqual([]);
  });

  test('is unlike one of another port of localhost, which may do what it likes', async () => {
    const open = Object.fromEntries(Object.keys(CLOSED).map((what) => [what, 'open']));
    expect(await from(`http://localhost:${theirs}`)).toEqual(open);
  });
});
