import { Command, Option } from 'commander';
import { readSettings, type Stage, type StageSettings, STAGES } from '../../infra/stage';

export interface DeployCommand {
  settings: StageSettings;
  /** The stacks to deploy, in words. */
  stacks: string;
  rollback: boolean;
  /** Of the AWS credentials. */
  profile?: string;
  /** The file that holds the stacks' outputs. */
  outputs: string;
  /** Of the cdk command, which writes the outputs of what it deployed to this file. */
  args(outputs: string): string[];
}

interface Options {
  stage: Stage;
  rollback?: true;
  profile?: string;
}

export const command = new Command('npm run deploy --')
  .description('Deploys the stacks of a stage.')
  .usage('--stage <stage> [--rollback] [flags of cdk deploy, such as --profile NAME]')
  // Nobody deploys by mistake.
  .addOption(new Option('--stage <stage>', 'the stage').choices(STAGES).makeOptionMandatory())
  .option('--rollback', 'back to the API, the projector and the desk of this checkout; the stack of the data stays')
  .option('--profile <name>', 'of the AWS credentials')
  .allowUnknownOption()
  .allowExcessArguments()
  .showHelpAfterError();

/**
 * What `npm run deploy` does for its arguments and the `context.stages` of cdk.json. If the arguments name no stage, says
 * so and ends the program; throws if the stage's settings are wrong.
 */
export function deployment(args: string[], stages: unknown): DeployCommand {
  // A command keeps the options of the last time that it parsed.
  const parsed = command.setOptionValue('rollback', undefined).setOptionValue('profile', undefined);
  const { stage, rollback = false, profile } = parsed.parse(args, { from: 'user' }).opts<Options>();
  const settings = readSettings(stage, stages);
  const stateless = ['TicketsApi', ...(settings.desk ? ['TicketsDesk'] : [])];
  // Without --exclusively cdk deploys what the stacks depend on, too: the data.
  const which = rollback ? [...stateless, '--exclusively'] : ['--all'];
  const flags = [...(profile === undefined ? [] : ['--profile', profile]), ...command.args];
  return {
    settings,
    stacks: (rollback ? stateless : ['TicketsData', ...stateless]).map((name) => `${name}-${stage}`).join(', '),
    rollback,
    profile,
    outputs: `outputs.${stage}.json`,
    args: (outputs) => ['deploy', ...which, '--context', `stage=${stage}`, '--outputs-file', outputs, ...flags],
  };
}
