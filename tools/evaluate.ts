import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { bundleResolver } from '../infra/resolver-code';
import { Realm } from '../local/realm/realm';
import { evaluateCode, type Service } from './evaluate/appsync';
import { CASES } from './evaluate/cases';
import { resultOf, same } from './evaluate/compare';

/**
 * npm run evaluate: has AppSync evaluate each handler of each resolver in the situations of cases.ts, and compares with
 * what the local realm makes of them. Changes nothing; takes the right to appsync:EvaluateCode.
 */
async function main(): Promise<void> {
  const service = await serviceOf(process.env);
  if (!service) {
    console.log(`No AWS credentials: nothing was compared. There are ${CASES.length} cases.`);
    return;
  }
  const realm = new Realm();
  let different = 0;
  for (const { bundle, handler, situation, context } of CASES) {
    const code = bundleResolver(bundle);
    const local = resultOf(realm.load(bundle, code).evaluate(handler, context));
    const remote = await evaluateCode(code, handler, context, service);
    if (!same(local, remote)) {
      different += 1;
      console.log(`${bundle} ${handler}, ${situation}:`);
      console.log(`  AppSync  ${JSON.stringify(remote)}`);
      console.log(`  here     ${JSON.stringify(local)}`);
    }
  }
  console.log(`${CASES.length - different} of ${CASES.length} cases come to the same on AppSync and here.`);
  process.exitCode = different === 0 ? 0 : 1;
}

/** Undefined without credentials. */
async function serviceOf(env: NodeJS.ProcessEnv): Promise<Service | undefined> {
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1';
  const endpoint = env.AWS_ENDPOINT_URL_APPSYNC ?? `https://appsync.${region}.amazonaws.com`;
  try {
    return { region, endpoint, credentials: await defaultProvider()() };
  } catch (error) {
    if ((error as Error).name === 'CredentialsProviderError') {
      return undefined;
    }
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
