import { Deployment } from '../../packages/local-appsync/src/cloudformation/deployment';
import { readAssembly } from '../../packages/local-appsync/src/cloudformation/assembly';
import { openTemporaryFolder } from '../../packages/local-appsync/src/system/data-folder';
import { Endpoint } from '../../packages/local-appsync/src/http/endpoint';
import { Policies, type PolicyStatement } from '../../packages/local-appsync/src/services/iam/policy';
import { rolePolicies } from '../../packages/local-appsync/src/services/iam/roles';
import type { Credentials } from '../../packages/local-appsync/src/services/iam/credentials';
import { LiveProgram } from '../../packages/local-appsync/src/system/live-program';
import { Parts } from '../../packages/local-appsync/src/shared/parts';
import { buildProgram } from '../../packages/local-appsync/src/system/program';
import { startServices } from '../../packages/local-appsync/src/system/services';
import { ACCOUNT } from '../../packages/local-appsync/src/cloudformation/account';
import { semanticsOf } from '../../packages/local-appsync/src/appsync-js';
import { SEMANTICS } from './semantics';

/** The system in this process, for a test that has to be let in where no user is: as a role, or with the pool's keys. */
export interface Inside {
  url: string;
  graphqlUrl: string;
  deployment: Deployment;
  /** Where the keys of the user pool are. */
  keys: string;
  /** What it logged. */
  logged: string[];
  /** Temporary credentials of a role of the deployment, by its logical id. */
  assume(logicalId: RegExp): Credentials;
  /** Those of a role that is not of the deployment, with these policies. */
  assumeAnother(roleName: string, statements: PolicyStatement[]): Credentials;
  stop(): Promise<void>;
}

export async function startInside(assembly = process.env.TICKETS_ASSEMBLY!): Promise<Inside> {
  const parts = new Parts();
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const endpoint = await Endpoint.listen(0);
  parts.add(() => endpoint.close());
  const folder = await openTemporaryFolder();
  parts.add(() => folder.release());
  const deployment = new Deployment(readAssembly(assembly), endpoint.url);
  const services = await startServices({ log, semantics: semanticsOf(SEMANTICS ?? 'appsync') }, folder, parts);
  const live = new LiveProgram(endpoint, log);
  parts.add(() => live.stop());
  await live.start(await buildProgram(deployment, services));
  await live.caughtUp();
  endpoint.ready = true;

  const issue = (roleArn: string, policies: Policies) =>
    services.credentials.issue({ roleArn, roleName: roleArn.split('/').pop()!, sessionName: 'test', policies });
  return {
    url: endpoint.url,
    graphqlUrl: `${endpoint.url}/graphql`,
    deployment,
    keys: folder.keys,
    logged,
    assume: (logicalId) => {
      const policies = rolePolicies(deployment);
      const [arn] = [...policies.keys()].filter((role) => logicalId.test(role));
      return issue(arn!, policies.get(arn!)!);
    },
    assumeAnother: (roleName, statements) =>
      issue(`arn:aws:iam::${ACCOUNT}:role/${roleName}`, new Policies(statements)),
    stop: () => parts.stop(),
  };
}
