import { AppSyncClient } from '@aws-sdk/client-appsync';
import { Command } from 'commander';
import { semanticsOf } from 'local-appsync/appsync-js';
import { CASES } from './evaluate/cases';
import { ROWS, UNSEEN } from './evaluate/questions';
import { askRows, compareCases } from './evaluate/run';

const command = new Command('npm run evaluate --')
  .description(
    'Settles on AppSync what is only reported of APPSYNC_JS, and compares its evaluation of each handler of each ' +
      "resolver, in the situations of cases.ts, with the local realm's. Changes nothing; takes the right to " +
      'appsync:EvaluateCode. Ends with 1 if something is to change, in our code or in the local runtime.',
  )
  .option('--questions', 'only what is reported')
  .option('--cases', 'only the handlers')
  .showHelpAfterError();

async function main(): Promise<void> {
  const { questions, cases } = command.parse().opts<{ questions?: true; cases?: true }>();
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const client = new AppSyncClient({ region: process.env.AWS_REGION ?? 'us-east-1' });
  if (!(await hasCredentials(client))) {
    console.log(
      `No AWS credentials: nothing was asked. There are questions on ${ROWS.length} reports, and ${CASES.length} cases.`,
    );
    return;
  }
  const print = (text: string) => console.log(text);
  let isRight = true;
  if (questions || !cases) {
    isRight = await askRows(ROWS, client, semanticsOf('appsync'), print);
  }
  if (cases || !questions) {
    isRight = (await compareCases(CASES, client, print)) && isRight;
  }
  print('What EvaluateCode cannot show, npm run smoke does against a deployed API:');
  UNSEEN.forEach((unseen) => print(`  ${unseen}`));
  process.exitCode = isRight ? 0 : 1;
}

async function hasCredentials(client: AppSyncClient): Promise<boolean> {
  try {
    await client.config.credentials();
    return true;
  } catch (error) {
    if ((error as Error).name === 'CredentialsProviderError') {
      return false;
    }
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
