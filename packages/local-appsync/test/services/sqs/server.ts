import { SQSClient } from '@aws-sdk/client-sqs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SqsHttp } from '../../../src/services/sqs/http';
import { Queues } from '../../../src/services/sqs/queues';
import { queueSettings } from '../../../src/services/sqs/settings';

/** Queues that are served to the ordinary SDK client, which checks the digests of all that it sends and gets. */
export class SqsServer {
  private constructor(
    readonly queues: Queues,
    readonly client: SQSClient,
    readonly endpoint: string,
    readonly stop: () => Promise<void>,
  ) {}

  /** Serves the queues by name, with the properties that the template would have. */
  static async start(directory: string, templates: Record<string, Record<string, unknown>>): Promise<SqsServer> {
    const queues = new Queues(directory, console.error);
    const http = new SqsHttp(queues);
    const server = createServer((request, response) => void http.handle(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    queues.follow(
      Object.entries(templates).map(([name, properties]) => ({
        name,
        arn: arnOf(name),
        url: `${endpoint}/000000000000/${name}`,
        settings: queueSettings(properties),
      })),
    );
    const client = new SQSClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      maxAttempts: 1,
    });
    return new SqsServer(queues, client, endpoint, async () => {
      client.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      queues.close();
    });
  }

  url(name: string): string {
    return `${this.endpoint}/000000000000/${name}`;
  }
}

export function arnOf(name: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${name}`;
}
