import { AppSyncClient } from '@aws-sdk/client-appsync';
import { bundleResolver } from '../infra/resolver-code';
import { Realm } from '../local/realm/realm';
import { evaluateCode } from './evaluate/appsync';
import { CASES } from './evaluate/cases';
import { resultOf, same } from './evaluate/compare';

/**
 * npm run evaluate: has AppSync evaluate each handler of each resolver in the situations of cases.ts, and compares with
 * what the local realm makes of them. Changes nothing; takes the right to appsync:EvaluateCode.
 */
async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const client = new AppSyncClient({ region: process.env.AWS_REGION ?? 'us-east-1' });
  if (!(await hasCredentials(client))) {
    console.log(`No AWS credentials: nothing was compared. There are ${CASES.length} cases.`);
    return;
  }
  const realm = new Realm();
  let different = 0;
  for (const { bundle, handler, situation, context } of CASES) {
    const code = bundleResolver(bundle);
    const here = resultOf(realm.load(bundle, code).evaluate(handler, context));
    const there = await evaluateCode(code, handler, context, client);
    if (!same(here, there)) {
      different += 1;
      console.log(`${bundle} ${handler}, ${situation}:`);
      console.log(`  AppSync  ${JSON.stringify(there)}`);
      console.log(`  here     ${JSON.stringify(here)}`);
    }
  }
  console.log(`${CASES.length - different} of ${CASES.length} cases come to the same on AppSync and here.`);
  process.exitCode = different === 0 ? 0 : 1;
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
