import { STAGES } from '../../infra/stage';

export const USAGE = `Usage: npm run deploy -- --stage ${STAGES.join('|')} [flags of cdk deploy, such as --profile NAME]`;

/** What was asked for is not what can be done: says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface DeployCommand {
  /** The file that the stacks' outputs are written to. */
  outputs: string;
  /** Of the cdk command. */
  args: string[];
}

/** The cdk command for the arguments of `npm run deploy`. A stage must be named: nobody deploys by mistake. */
export function deployment(args: string[]): DeployCommand {
  const at = args.indexOf('--stage');
  const stage = STAGES.find((known) => known === args[at + 1]);
  if (at < 0 || !stage) {
    throw new UsageError(at < 0 ? 'Which stage?' : `There is no stage ${args[at + 1] ?? 'without a name'}.`);
  }
  const others = [...args.slice(0, at), ...args.slice(at + 2)];
  const outputs = `outputs.${stage}.json`;
  return { outputs, args: ['deploy', '--all', '--context', `stage=${stage}`, '--outputs-file', outputs, ...others] };
}
