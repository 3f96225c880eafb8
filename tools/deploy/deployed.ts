import { spawnSync } from 'node:child_process';
import type { Stage } from '../../infra/stage';
import type { Deployed } from './refuse';

/** What the AWS CLI did: see `spawnSync`. */
export interface CliResult {
  error?: Error;
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Asks CloudFormation what is deployed of the stage's API. Throws if it can't be asked. */
export function deployedApi(stage: Stage, profile: string | undefined, aws = awsCli): Deployed {
  const { error, status, stdout, stderr } = aws([
    ...['cloudformation', 'describe-stacks', '--stack-name', `TicketsApi-${stage}`, '--output', 'json'],
    ...(profile === undefined ? [] : ['--profile', profile]),
  ]);
  if (error) {
    throw new Error(`Deploying needs the AWS CLI, to ask what is deployed: ${error.message}.`);
  }
  if (status !== 0) {
    if (/does not exist/.test(stderr)) {
      return undefined;
    }
    throw new Error(`CloudFormation does not say what is deployed: ${stderr.trim()}`);
  }
  const { Stacks } = JSON.parse(stdout) as { Stacks: { Outputs?: { OutputKey: string; OutputValue: string }[] }[] };
  const schema = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'EventSchema')?.OutputValue;
  return schema === undefined ? {} : { eventSchema: Number(schema) };
}

function awsCli(args: string[]): CliResult {
  return spawnSync('aws', args, { encoding: 'utf8' });
}
