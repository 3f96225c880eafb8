import { buildApi, type RunningApi } from '../services/appsync/build';
import type { Deployment } from '../cloudformation/deployment';
import { dataSources } from '../services/appsync/data-sources/data-sources';
import { declareQueues } from '../services/sqs/declare-queues';
import { Functions } from '../services/lambda/functions';
import { rolePolicies } from '../services/iam/roles';
import { type Mappings, prepareMappings } from '../services/lambda/mappings';
import type { Services } from './services';
import { createTables } from '../services/dynamodb/tables';
import { localUserPools } from '../services/cognito/user-pools';

/** A deployment's code, ready to run on the services of this machine. */
export interface Program {
  /** Undefined if the deployment has no API. */
  running: RunningApi | undefined;
  functions: Functions;
  mappings: Mappings;
  /** Types of resources that the assembly has and that are not run here. */
  notRun: string[];
}

/** What is run, understood, or has nothing to do here. */
const KNOWN_TYPES = [
  /^AWS::AppSync::(GraphQLApi|GraphQLSchema|ApiKey|DataSource|Resolver|FunctionConfiguration)$/,
  /^AWS::DynamoDB::(Table|GlobalTable)$/,
  /^AWS::Lambda::(Function|Version|Alias|LayerVersion|EventSourceMapping|Permission)$/,
  /^AWS::Cognito::(UserPool|UserPoolClient|UserPoolGroup)$/,
  /^AWS::SQS::(Queue|QueuePolicy)$/,
  /^AWS::IAM::(Role|Policy|ManagedPolicy)$/,
  /^AWS::Logs::LogGroup$/,
  /^AWS::CDK::Metadata$/,
  /^AWS::CloudFormation::Stack$/,
];

/** Makes what the deployment stores things in, and loads its code; nothing runs before the mappings are started. */
export async function buildProgram(deployment: Deployment, services: Services): Promise<Program> {
  const { client, credentials, engine, keys, log, queues, scratch, semantics, tracer } = services;
  const streamArns = await createTables(deployment, client);
  declareQueues(deployment, queues);

  const policies = rolePolicies(deployment);
  const functions = new Functions(deployment, {
    credentials,
    policies,
    endpoints: { dynamodb: engine.endpoint, sqs: deployment.endpoint },
    scratch,
    log,
  });
  const running = buildApi(deployment, {
    credentials,
    userPools: localUserPools(deployment, keys),
    invokeLambda: (arn, payload) => functions.invoke(arn, payload),
    dataSource: dataSources({ client, functions, policies, semantics }),
    semantics,
    tracer,
    log,
  });
  return {
    running,
    functions,
    mappings: prepareMappings(deployment, { ...services, functions, policies, streamArns }),
    notRun: [...deployment.types().keys()].filter((type) => !KNOWN_TYPES.some((known) => known.test(type))),
  };
}
