import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WebSocketServer } from 'ws';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** castore: the facts alone in the log, folded for each command. */
export interface Castore {
  create(id: string, payload: object): Promise<unknown>;
  update(id: string, payload: object): Promise<unknown>;
}

/** graphql-ws with a schema of one subscription, in memory. */
export interface GraphqlWs {
  url: string;
  publish(change: object): void;
  stop(): void;
}

export interface Peers {
  castore(client: DynamoDBClient, table: string): Castore;
  graphqlWs(server: typeof WebSocketServer): Promise<GraphqlWs>;
  /** A Vega-Lite specification as SVG. */
  draw(specification: object): Promise<string>;
}

/** What only the measurements need has a package of its own, which is installed when it is first asked for. */
export async function loadPeers(): Promise<Peers> {
  const folder = join(__dirname, 'peers');
  if (!existsSync(join(folder, 'node_modules'))) {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  }
  const load = (file: string) => import(join(folder, file)) as Promise<Partial<Peers>>;
  const modules = await Promise.all(['castore.mjs', 'graphql-ws.mjs', 'draw.mjs'].map(load));
  return Object.assign({}, ...modules) as Peers;
}
