import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpsError } from './ops-error';

/** A running system: the names of its parts, and clients to reach them with. */
export interface Deployment {
  events: string;
  view: string;
  /** The projector's function. */
  projector: string;
  /** The URL of the queue of dead letters. */
  deadLetters: string;
  dynamodb: DynamoDBClient;
  streams: DynamoDBStreamsClient;
  lambda: LambdaClient;
  sqs: SQSClient;
}

export interface Target {
  /** What `cdk deploy --outputs-file` wrote; without it, the local system of `data` is meant. */
  outputs?: string;
  data: string;
}

/** The deployed system, with the usual AWS credentials, or the local one, with what it says of itself. Throws OpsError. */
export function openDeployment({ outputs, data }: Target): Deployment {
  if (outputs === undefined) {
    Object.assign(process.env, variablesIn(read(join(data, 'aws.env'), localHelp(data))));
  }
  const values =
    outputs === undefined ? read(join(data, 'outputs.json'), localHelp(data)) : read(outputs, OUTPUTS_HELP);
  const named = outputsIn(values, outputs ?? data);
  // A deployed system is where its outputs say; aws.env names the region of the local one.
  const region = outputs === undefined ? {} : { region: named('Region') };
  return {
    events: named('EventsTable'),
    view: named('ViewTable'),
    projector: named('ProjectorFunction'),
    deadLetters: named('DeadLettersQueue'),
    dynamodb: new DynamoDBClient(region),
    streams: new DynamoDBStreamsClient(region),
    lambda: new LambdaClient(region),
    sqs: new SQSClient(region),
  };
}

const OUTPUTS_HELP = 'Write it with: cdk deploy --all --outputs-file FILE';

function localHelp(data: string) {
  return (
    `No system runs with its data in ${data}. Start it with npm start, name its folder with --data, or name the outputs ` +
    'of a deployed one with --outputs.'
  );
}

function read(file: string, help: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new OpsError(`Can't read ${file}: ${(error as Error).message}. ${help}`);
  }
}

function variablesIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Outputs by name, whatever stack they are of. */
function outputsIn(text: string, source: string): (name: string) => string {
  let stacks: Record<string, Record<string, unknown>>;
  try {
    stacks = JSON.parse(text) as typeof stacks;
  } catch (error) {
    throw new OpsError(`${source} is no JSON: ${(error as Error).message}. ${OUTPUTS_HELP}`);
  }
  const outputs = Object.assign({}, ...Object.values(stacks)) as Record<string, unknown>;
  return (name) => {
    const value = outputs[name];
    if (typeof value !== 'string') {
      throw new OpsError(`${source} has no output ${name}: is it of this system? ${OUTPUTS_HELP}`);
    }
    return value;
  };
}
