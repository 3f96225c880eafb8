import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGION } from '../cloudformation/account';
import type { Deployment } from '../cloudformation/deployment';

/** What other programs need to work with the running system as they would with a deployed one. */
export interface OutputFiles {
  /** The stacks' outputs, as `cdk deploy --outputs-file` writes them. */
  outputs: string;
  /** Variables that make any AWS SDK talk to this machine: `node --env-file=FILE`. */
  environment: string;
}

export function outputFiles(folder: string): OutputFiles {
  return { outputs: join(folder, 'outputs.json'), environment: join(folder, 'aws.env') };
}

export function writeOutputs(files: OutputFiles, deployment: Deployment, engine: string): void {
  const { endpoint } = deployment;
  const variables = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: engine,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: engine,
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_ENDPOINT_URL_LAMBDA: endpoint,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(files.outputs, `${JSON.stringify(deployment.outputs(), null, 2)}\n`);
  writeFileSync(files.environment, lines.join(''));
}

/** They tell of a running system, and go with it. */
export function removeOutputs(files: OutputFiles): void {
  rmSync(files.outputs, { force: true });
  rmSync(files.environment, { force: true });
}
