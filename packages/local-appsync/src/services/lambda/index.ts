import { join } from 'node:path';
import type { Deployment } from '../../cloudformation/deployment';
import { arn, byName, type Value } from '../../cloudformation/physical';
import type { Route } from '../../endpoint/route';
import { dynamodb } from '../dynamodb';
import { iam } from '../iam';
import type { Machine } from '../machine';
import type { DeployedService, Needed, RunningService, Service } from '../service';
import { sqs } from '../sqs';
import { FileCheckpointStore } from './event-source/checkpoint-store';
import { Functions } from './functions';
import { LambdaHttp } from './http';
import type { InvocationResult } from './invocation';
import { type Mappings, prepareMappings } from './mappings';

const needs = { iam, dynamodb, sqs };

/** Lambda: Node.js functions, and the event source mappings that feed them. */
export const lambda: Service<DeployedFunctions, typeof needs> = {
  name: 'lambda',
  needs,
  resourceTypes: {
    'AWS::Lambda::Function': (name, value) => {
      const functionName = String(value('FunctionName') ?? name);
      return { ref: functionName, attributes: { Arn: arn('lambda', `function:${functionName}`) } };
    },
    'AWS::Lambda::Version': (_, value) => {
      const resource = `${functionArn(value)}:1`;
      return { ref: resource, attributes: { Version: '1', FunctionArn: resource } };
    },
    'AWS::Lambda::Alias': (_, value) => {
      const resource = `${functionArn(value)}:${value('Name')}`;
      return { ref: resource, attributes: { AliasArn: resource } };
    },
    'AWS::Lambda::LayerVersion': (name, value) => {
      const resource = arn('lambda', `layer:${value('LayerName') ?? name}:1`);
      return { ref: resource, attributes: { LayerVersionArn: resource } };
    },
    'AWS::Lambda::EventSourceMapping': byName,
    'AWS::Lambda::Permission': byName,
  },
  start: (machine) => new RunningLambda(machine),
};

/** Of the function that a property names, by its name or ARN. */
function functionArn(value: Value): string {
  const reference = String(value('FunctionName'));
  return reference.startsWith('arn:') ? reference : arn('lambda', `function:${reference}`);
}

class RunningLambda implements RunningService<DeployedFunctions, typeof needs> {
  readonly variables: Record<string, string>;
  readonly routes: readonly Route[];
  /** What invocations reach. */
  current?: DeployedFunctions;
  private readonly checkpoints: FileCheckpointStore;

  constructor(private readonly machine: Machine) {
    this.variables = { AWS_ENDPOINT_URL_LAMBDA: machine.url };
    this.routes = [new LambdaHttp((reference, payload) => this.invoke(reference, payload))];
    const file = join(machine.folder('checkpoints'), 'streams.jsonl');
    this.checkpoints = new FileCheckpointStore(file, (line) => machine.log(line));
  }

  stop(): void {
    this.checkpoints.close();
  }

  deploy(deployment: Deployment, { iam, dynamodb, sqs }: Needed<typeof needs>): DeployedFunctions {
    const { scratch, log } = this.machine;
    const { credentials, policies } = iam;
    const functions = new Functions(deployment, {
      credentials,
      policies,
      variables: this.machine.variables(),
      scratch,
      log,
    });
    const { checkpoints } = this;
    const mappings = prepareMappings(deployment, { ...dynamodb, ...sqs, functions, policies, checkpoints, log });
    return new DeployedFunctions(this, functions, mappings);
  }

  /** Undefined if there is no function of that name or ARN. */
  private async invoke(reference: string, payload: unknown): Promise<InvocationResult | undefined> {
    const functions = this.current?.functions;
    return functions?.has(reference) ? functions.invoke(reference, payload) : undefined;
  }
}

/** The functions and mappings of a deployment. */
export class DeployedFunctions implements DeployedService {
  constructor(
    private readonly running: RunningLambda,
    readonly functions: Functions,
    private readonly mappings: Mappings,
  ) {}

  /** The mappings of before stop first: a stream has one reader, whose position the next one takes over. */
  async start(before?: DeployedFunctions): Promise<void> {
    this.running.current = this;
    await before?.mappings.stop();
    await this.mappings.start();
  }

  caughtUp(): Promise<void> {
    return this.mappings.caughtUp();
  }

  async stop(): Promise<void> {
    await this.mappings.stop();
    await this.functions.stop();
  }
}
