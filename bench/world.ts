import { type ConsumedCapacity, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTable, type TableProperties } from 'local-appsync/dynamodb';
import { type Deployment, openDeployment } from '../ops/deployment';
import { eventually } from '../test/support/eventually';
import { post, TICKET } from '../test/support/http';
import { propertiesOf } from '../test/support/product-tables';
import { RunningSystem } from '../test/support/system';

/** The running system, and the engine under it, which all contenders use. */
export class World {
  private constructor(
    readonly system: RunningSystem,
    readonly deployment: Deployment,
    readonly assembly: string,
    private readonly data: string,
    readonly projects: boolean,
  ) {}

  /** Without what follows from an event, if `projects` is false: the command path alone. */
  static async start({ projects = true } = {}): Promise<World> {
    const data = mkdtempSync(join(tmpdir(), 'bench-'));
    const assembly = join(data, 'assembly');
    execFileSync('npx', ['cdk', 'synth', '--quiet', '--output', assembly], { stdio: 'pipe' });
    if (!projects) {
      removeMappings(assembly);
    }
    const system = await RunningSystem.start({ assembly, data: join(data, 'data') });
    return new World(system, openDeployment({ data: join(data, 'data') }), assembly, data, projects);
  }

  get client(): DynamoDBClient {
    return this.deployment.dynamodb;
  }

  /** Another table like the events or the view, stream and indexes included. Its name. */
  async table(name: string, like: 'Events' | 'View', change = (same: TableProperties) => same): Promise<string> {
    await ensureTable(this.client, { tableName: name, properties: change(propertiesOf(like)) });
    return name;
  }

  async put(tableName: string, item: object): Promise<void> {
    await this.client.send(new PutItemCommand({ TableName: tableName, Item: marshall(item) }));
  }

  /** Resolves when the view shows the ticket at that version, if it ever will: nothing is under way any more. */
  async settled(id: string, version: number): Promise<void> {
    if (!this.projects) {
      return;
    }
    await eventually(
      () => post(this.system.graphqlUrl, TICKET, { id }),
      ({ data }) => (data.ticket?.version ?? 0) >= version,
      120_000,
    );
  }

  async stop(): Promise<void> {
    await this.system.stop();
    rmSync(this.data, { recursive: true });
  }
}

function removeMappings(assembly: string): void {
  const file = readdirSync(assembly).find((name) => /^TicketsApi.*\.template\.json$/.test(name))!;
  const template = JSON.parse(readFileSync(join(assembly, file), 'utf8')) as {
    Resources: Record<string, { Type: string }>;
  };
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Lambda::EventSourceMapping');
  writeFileSync(join(assembly, file), JSON.stringify({ ...template, Resources: Object.fromEntries(kept) }));
}

/** The units that the calls of a client take, as DynamoDB tells. */
export class Meter {
  private reads = 0;
  private writes = 0;

  constructor(client: DynamoDBClient) {
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const { output, response } = await next({
            ...args,
            input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' },
          });
          const { CapacityUnits = 0 } = (output as { ConsumedCapacity?: ConsumedCapacity }).ConsumedCapacity ?? {};
          if (/^(Query|Get|Scan)/.test(commandName)) {
            this.reads += CapacityUnits;
          } else {
            this.writes += CapacityUnits;
          }
          return { output, response };
        },
      { step: 'initialize' },
    );
  }

  /** Since it was asked before. */
  take(): { reads: number; writes: number } {
    const { reads, writes } = this;
    this.reads = 0;
    this.writes = 0;
    return { reads, writes };
  }
}
