import { Command } from 'commander';
import { readFileSync } from 'node:fs';

export const command = new Command('npm run smoke --')
  .description('Takes a ticket through the loop of a running deployment.')
  .option('--outputs <file>', 'what npm run deploy wrote, such as outputs.dev.json')
  .option('--endpoint <url>', 'any other API')
  .addHelpText(
    'after',
    `
Who is asking, the first of these that is there:
  TICKETS_USERNAME and TICKETS_PASSWORD   a user of the deployment's pool (with --outputs)
  TICKETS_TOKEN                           a token of such a user
  TICKETS_API_KEY, or the outputs' key    on the stage dev`,
  )
  .showHelpAfterError();

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

/** The target that arguments and environment name. If something is missing, says so and ends the program. */
export function targetOf(args: string[], env: Record<string, string | undefined>): Target {
  const options = command.parse(args, { from: 'user' }).opts<{ outputs?: string; endpoint?: string }>();
  const outputs = options.outputs === undefined ? {} : readOutputs(options.outputs);
  const endpoint = options.endpoint ?? outputs.GraphqlUrl;
  if (!endpoint) {
    return command.error('Which API? Neither --endpoint nor the outputs name one.');
  }
  const caller = callerOf(outputs, env);
  if (!caller) {
    return command.error('Who is asking? There is no user, no token and no API key.');
  }
  return { endpoint, region: outputs.Region ?? env.AWS_REGION ?? 'us-east-1', caller };
}

function callerOf(outputs: Outputs, env: Record<string, string | undefined>): Caller | undefined {
  const { TICKETS_USERNAME: username, TICKETS_PASSWORD: password, TICKETS_TOKEN: token } = env;
  const { UserPoolId: userPoolId, WebClientId: clientId } = outputs;
  if (username && password) {
    if (!userPoolId || !clientId) {
      return command.error('To sign a user in takes --outputs, which name the pool and its client.');
    }
    return { as: 'user', username, password, userPoolId, clientId };
  }
  const apiKey = env.TICKETS_API_KEY ?? outputs.ApiKey;
  return token ? { as: 'token', token } : apiKey ? { as: 'apiKey', apiKey } : undefined;
}

/** The outputs of all stacks in a file that `cdk deploy --outputs-file` wrote. */
function readOutputs(file: string): Outputs {
  try {
    const stacks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outputs>;
    return Object.assign({}, ...Object.values(stacks)) as Outputs;
  } catch (error) {
    return command.error(`${file} can't be read: ${(error as Error).message}. npm run deploy writes it.`);
  }
}
