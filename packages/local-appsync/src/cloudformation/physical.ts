import { createHash } from 'node:crypto';
import { ACCOUNT, REGION } from './account';

/** What a resource answers to Ref and GetAtt once it exists. */
export interface PhysicalResource {
  ref: string;
  attributes: Record<string, unknown>;
}

type Value = (property: string) => unknown;
type Physical = (name: string, value: Value, endpoint: string) => PhysicalResource;

/**
 * What a resource answers to Ref and GetAtt, as CloudFormation documents it for its type. Names are those of the
 * template or made of stack and logical id, so they are the same at every start.
 */
export function physicalResource(
  type: string,
  stackName: string,
  logicalId: string,
  value: Value,
  endpoint: string,
): PhysicalResource {
  const physical = PHYSICAL[type] ?? other;
  return physical(`${stackName}-${logicalId}`, value, endpoint);
}

const PHYSICAL: Record<string, Physical> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,

  'AWS::AppSync::GraphQLApi': (name, _, endpoint) => {
    const id = apiId(name);
    const host = new URL(endpoint).host;
    const url = `${endpoint}/graphql`;
    const resource = arn('appsync', `apis/${id}`);
    return {
      ref: resource,
      attributes: {
        ApiId: id,
        Arn: resource,
        GraphQLUrl: url,
        GraphQLDns: host,
        GraphQLEndpointArn: arn('appsync', `endpoints/graphql-api/${id}`),
        RealtimeUrl: `${url.replace(/^http/, 'ws')}/realtime`,
        RealtimeDns: host,
      },
    };
  },
  'AWS::AppSync::ApiKey': (name, value) => {
    const key = `${value('ApiId')}/${name}`;
    return {
      ref: arn('appsync', `apis/${value('ApiId')}/apikeys/${name}`),
      attributes: { ApiKey: `da2-${hash(key)}`, ApiKeyId: `da2-${hash(key)}`, Arn: arn('appsync', `apikey/${key}`) },
    };
  },
  'AWS::AppSync::DataSource': (_, value) => {
    const resource = arn('appsync', `apis/${value('ApiId')}/datasources/${value('Name')}`);
    return { ref: resource, attributes: { DataSourceArn: resource, Name: value('Name') } };
  },
  'AWS::AppSync::FunctionConfiguration': (name, value) => {
    const resource = arn('appsync', `apis/${value('ApiId')}/functions/${hash(name)}`);
    return {
      ref: resource,
      attributes: {
        FunctionArn: resource,
        FunctionId: hash(name),
        Name: value('Name'),
        DataSourceName: value('DataSourceName'),
      },
    };
  },
  'AWS::AppSync::Resolver': (_, value) => {
    const resource = arn(
      'appsync',
      `apis/${value('ApiId')}/types/${value('TypeName')}/resolvers/${value('FieldName')}`,
    );
    return {
      ref: resource,
      attributes: { ResolverArn: resource, TypeName: value('TypeName'), FieldName: value('FieldName') },
    };
  },

  'AWS::Cognito::UserPool': (name) => {
    const id = `${REGION}_${hash(name).slice(0, 9)}`;
    const provider = `cognito-idp.${REGION}.amazonaws.com/${id}`;
    return {
      ref: id,
      attributes: {
        UserPoolId: id,
        Arn: arn('cognito-idp', `userpool/${id}`),
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
      },
    };
  },
  'AWS::Cognito::UserPoolClient': (name, value) => ({
    ref: hash(name),
    attributes: { ClientId: hash(name), ClientSecret: hash(`${name}/secret`), Name: value('ClientName') ?? name },
  }),
  'AWS::Cognito::UserPoolGroup': (name, value) => ({ ref: String(value('GroupName') ?? name), attributes: {} }),

  'AWS::IAM::Role': (name, value) => {
    const role = String(value('RoleName') ?? name);
    return { ref: role, attributes: { Arn: `arn:aws:iam::${ACCOUNT}:role/${role}`, RoleId: `AROA${hash(role)}` } };
  },
  'AWS::Lambda::Function': (name, value) => {
    const functionName = String(value('FunctionName') ?? name);
    return { ref: functionName, attributes: { Arn: arn('lambda', `function:${functionName}`) } };
  },
  'AWS::Lambda::Version': (_, value) => {
    const resource = `${functionArn(value)}:1`;
    return { ref: resource, attributes: { Version: '1', FunctionArn: resource } };
  },
  'AWS::Lambda::Alias': (_, value) => {
    const resource = `${functionArn(value)}:${value('Name')}`;
    return { ref: resource, attributes: { AliasArn: resource } };
  },
  'AWS::Lambda::LayerVersion': (name, value) => {
    const resource = arn('lambda', `layer:${value('LayerName') ?? name}:1`);
    return { ref: resource, attributes: { LayerVersionArn: resource } };
  },
  'AWS::SQS::Queue': (name, value, endpoint) => {
    const queue = String(value('QueueName') ?? name);
    return {
      ref: `${endpoint}/${ACCOUNT}/${queue}`,
      attributes: { Arn: arn('sqs', queue), QueueName: queue, QueueUrl: `${endpoint}/${ACCOUNT}/${queue}` },
    };
  },
};

function table(name: string, value: Value): PhysicalResource {
  const tableName = String(value('TableName') ?? name);
  return { ref: tableName, attributes: { Arn: arn('dynamodb', `table/${tableName}`) } };
}

/** Of the function that a property names, by its name or ARN. */
function functionArn(value: Value): string {
  const reference = String(value('FunctionName'));
  return reference.startsWith('arn:') ? reference : arn('lambda', `function:${reference}`);
}

/** A resource that is not run here still has a name, and an ARN for those who only mention it. */
function other(name: string): PhysicalResource {
  return { ref: name, attributes: { Arn: arn('local', name) } };
}

/** 26 lower-case letters and digits, as AppSync's are. */
function apiId(name: string): string {
  return hash(name).slice(0, 26);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 26);
}

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}
