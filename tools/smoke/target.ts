import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run smoke -- --outputs outputs.dev.json | --endpoint URL

Who is asking, the first of these that is there:
  TICKETS_USERNAME and TICKETS_PASSWORD   a user of the deployment's pool (with --outputs)
  TICKETS_TOKEN                           a token of such a user
  TICKETS_API_KEY, or the outputs' key    on the stage dev`;

/** The target is not named well enough: says what is missing. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Caller =
  | { as: 'user'; username: string; password: string; userPoolId: string; clientId: string }
  | { as: 'token'; token: string }
  | { as: 'apiKey'; apiKey: string };

/** A deployed API and who calls it. */
export interface Target {
  endpoint: string;
  region: string;
  caller: Caller;
}

interface Outputs {
  GraphqlUrl?: string;
  Region?: string;
  ApiKey?: string;
  UserPoolId?: string;
  WebClientId?: string;
}

/** The target that arguments and environment name. Throws UsageError. */
export function targetOf(args: string[], env: Record<string, string | undefined>): Target {
  const { values } = parse(args);
  const outputs = values.outputs === undefined ? {} : readOutputs(values.outputs);
  const endpoint = values.endpoint ?? outputs.GraphqlUrl;
  if (!endpoint) {
    throw new UsageError('Which API? Neither --endpoint nor the outputs name one.');
  }
  const caller = callerOf(outputs, env);
  if (!caller) {
    throw new UsageError('Who is asking? There is no user, no token and no API key.');
  }
  return { endpoint, region: outputs.Region ?? env.AWS_REGION ?? 'us-east-1', caller };
}

function callerOf(outputs: Outputs, env: Record<string, string | undefined>): Caller | undefined {
  const { TICKETS_USERNAME: username, TICKETS_PASSWORD: password, TICKETS_TOKEN: token } = env;
  const { UserPoolId: userPoolId, WebClientId: clientId } = outputs;
  if (username && password) {
    if (!userPoolId || !clientId) {
      throw new UsageError('To sign a user in takes --outputs, which name the pool and its client.');
    }
    return { as: 'user', username, password, userPoolId, clientId };
  }
  const apiKey = env.TICKETS_API_KEY ?? outputs.ApiKey;
  return token ? { as: 'token', token } : apiKey ? { as: 'apiKey', apiKey } : undefined;
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: { outputs: { type: 'string' }, endpoint: { type: 'string' } } });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The outputs of all stacks in a file that `cdk deploy --outputs-file` wrote. */
function readOutputs(file: string): Outputs {
  try {
    const stacks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outputs>;
    return Object.assign({}, ...Object.values(stacks)) as Outputs;
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${(error as Error).message}. npm run deploy writes it.`);
  }
}
