import * as core4 from '@apollo/client/core';
import * as link4 from 'aws-appsync-subscription-link';
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { WebSocket } from 'ws';
import type { Adapter } from './adapter';
import { amplify } from './amplify';
import { apollo } from './apollo';

// A process with one public client, unmodified, which its parent tells what to do.

export type Kind = 'amplify' | 'amplifyOverTls' | 'apollo3' | 'apollo4';

/** What the parent asks. */
export type Order =
  | { order: 'run'; id: number; document: string }
  | { order: 'subscribe'; id: number; document: string }
  | { order: 'unsubscribe'; id: number };

/** What it hears. */
export type Report =
  | { report: 'done'; id: number; data: unknown }
  | { report: 'failed'; id: number; error: string }
  | { report: 'connected'; id: number }
  | { report: 'data'; id: number; data: unknown };

// Node 20 has no WebSocket of its own.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;

const [kind, url, key] = process.argv.slice(2) as [Kind, string, string];
const client = adapter();
const running = new Map<number, () => void>();

function tell(report: Report) {
  return process.send!(report);
}

function adapter(): Adapter {
  switch (kind) {
    case 'amplifyOverTls':
      return amplify(url, key);
    case 'amplify':
      return amplify(url.replace('http:', 'HTTP:'), key);
    case 'apollo4':
      return apollo(core4, link4, url, key);
    case 'apollo3': {
      const { core, link } = createRequire(__filename)('./apollo3.cjs') as { core: typeof core4; link: typeof link4 };
      return apollo(core, link, url, key);
    }
  }
}

process.on('message', (order: Order) => {
  const { id } = order;
  const failed = (error: unknown) => tell({ report: 'failed', id, error: inspect(error, { depth: 6 }) });
  switch (order.order) {
    case 'run':
      client.run(order.document).then((data) => tell({ report: 'done', id, data }), failed);
      return;
    case 'subscribe':
      running.set(
        id,
        client.subscribe(order.document, {
          onConnected: () => tell({ report: 'connected', id }),
          onData: (data) => tell({ report: 'data', id, data }),
          onError: failed,
        }),
      );
      return;
    case 'unsubscribe':
      running.get(id)!();
      tell({ report: 'done', id, data: null });
  }
});
process.on('disconnect', () => process.exit());
tell({ report: 'done', id: 0, data: null });
