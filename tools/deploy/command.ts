import { Command, Option } from 'commander';
import { type Stage, STAGES } from '../../infra/stage';

export const command = new Command('npm run deploy --')
  .description('Deploys both stacks of a stage.')
  .usage('--stage <stage> [flags of cdk deploy, such as --profile NAME]')
  // Nobody deploys by mistake.
  .addOption(new Option('--stage <stage>', 'the stage').choices(STAGES).makeOptionMandatory())
  .allowUnknownOption()
  .allowExcessArguments()
  .showHelpAfterError();

export interface DeployCommand {
  /** The file that the stacks' outputs are written to. */
  outputs: string;
  /** Of the cdk command. */
  args: string[];
}

/** The cdk command for the arguments of `npm run deploy`. If they name no stage, says so and ends the program. */
export function deployment(args: string[]): DeployCommand {
  const { stage } = command.parse(args, { from: 'user' }).opts<{ stage: Stage }>();
  const outputs = `outputs.${stage}.json`;
  return {
    outputs,
    args: ['deploy', '--all', '--context', `stage=${stage}`, '--outputs-file', outputs, ...command.args],
  };
}
