import { AppSyncClient } from '@aws-sdk/client-appsync';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { HandlerContext, HandlerName } from 'local-appsync/appsync-js';
import type { Evaluated } from '../../../tools/evaluate/compare';

/** What EvaluateCode is asked. */
export interface Asked {
  code: string;
  function: HandlerName;
  context: string;
}

/** A reply of the service, other than 200. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

export interface EvaluateCodeServer {
  client: AppSyncClient;
  seen: { url: string; headers: IncomingHttpHeaders }[];
  /** How code is evaluated; a test may put another in its place. */
  answer: (asked: Asked) => Evaluated | Reply;
  close: () => void;
}

/** The service as far as `npm run evaluate` knows it. */
export async function evaluateCodeServer(): Promise<EvaluateCodeServer> {
  const server = createServer((request, response) => {
    void (json(request) as Promise<Asked>).then((asked) => {
      it.seen.push({ url: request.url!, headers: request.headers });
      const answer = it.answer(asked);
      const { status, headers = {}, body } = 'status' in answer ? answer : { status: 200, body: bodyOf(answer) };
      response.writeHead(status, headers).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new AppSyncClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'A', secretAccessKey: 'S' },
  });
  const it: EvaluateCodeServer = {
    client,
    seen: [],
    answer: () => ({ refused: ['nobody has said how to answer'] }),
    close: () => {
      client.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
  return it;
}

export function contextOf({ context }: Asked): HandlerContext {
  return JSON.parse(context) as HandlerContext;
}

function bodyOf(evaluated: Evaluated) {
  if ('refused' in evaluated) {
    const codeErrors = evaluated.refused.map((value) => ({
      errorType: 'PARSER_ERROR',
      value,
      location: { line: 3, column: 5, span: 1 },
    }));
    return { error: { message: 'The code contains one or more errors.', codeErrors } };
  }
  const { value, error, stash } = evaluated;
  return {
    evaluationResult: value === undefined ? undefined : JSON.stringify(value),
    error,
    stash: JSON.stringify(stash),
  };
}
