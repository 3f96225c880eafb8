import { type DynamoDBClient, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import type { Semantics } from '../../../../appsync-js/quirks/semantics';
import type { InvocationResult } from '../../../lambda/function';
import { DataSourceFailure } from '../failure';
import { PageTokens } from './page-token';

export interface DynamoDbOptions {
  name: string;
  /** The table of the operations on one table; batches and transactions name theirs. */
  tableName: string;
  client: DynamoDBClient;
  /** Whether the data source's role allows the action, such as `dynamodb:Query`. Default: always. */
  authorize?: Authorize;
  /** Calls the Lambda function of a Custom condition handler. */
  invokeLambda?: (arn: string, payload: unknown) => Promise<InvocationResult>;
  /** What pagination tokens are encrypted with. Tokens of another secret are refused. */
  tokenSecret: Buffer;
  /** Default: as AppSync is reported to do it. */
  semantics?: Semantics;
}

export interface Resource {
  tableName: string;
  indexName?: string;
}

export type Authorize = (action: string, resource: Resource) => boolean;
/** An action that a call needs, and what on. */
export type Permission = [action: string, resource: Resource];

/** DynamoDB as a data source reaches it: each call is authorized first, each refusal a DataSourceFailure. */
export class DynamoDbService {
  readonly name: string;
  readonly tableName: string;
  readonly tokens: PageTokens;
  readonly invokeLambda: DynamoDbOptions['invokeLambda'];
  private readonly client: DynamoDBClient;
  private readonly authorize: Authorize | undefined;

  constructor({ name, tableName, client, authorize, invokeLambda, tokenSecret }: DynamoDbOptions) {
    this.name = name;
    this.tableName = tableName;
    this.tokens = new PageTokens(tokenSecret);
    this.invokeLambda = invokeLambda;
    this.client = client;
    this.authorize = authorize;
  }

  async call<T>(permissions: Permission[], send: (client: DynamoDBClient) => Promise<T>): Promise<T> {
    for (const [action, resource] of permissions) {
      if (this.authorize && !this.authorize(action, resource)) {
        throw await this.denied(action, resource);
      }
    }
    try {
      return await send(this.client);
    } catch (error) {
      throw failureOf(error);
    }
  }

  region(): Promise<string> {
    return this.client.config.region();
  }

  /** IAM's words for what an AppSync role may not do. */
  private async denied(action: string, { tableName, indexName }: Resource): Promise<DataSourceFailure> {
    const index = indexName === undefined ? '' : `/index/${indexName}`;
    const resource = `arn:aws:dynamodb:${await this.region()}:000000000000:table/${tableName}${index}`;
    const user = `arn:aws:sts::000000000000:assumed-role/${this.name}/APPSYNC_ASSUME_ROLE`;
    return new DataSourceFailure(
      UNMODELED,
      `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based ` +
        `policy allows the ${action} action ${suffix(400, randomUUID())}`,
    );
  }
}

/**
 * What AppSync makes of an exception of the AWS SDK. The SDK, Java's as well as this one, has a class for each exception
 * that DynamoDB's API model names; the others, such as those of validation and of access, share their base class. One
 * that DynamoDB did not send is a failure to reach it if the SDK had begun to ($metadata counts its attempts), else a
 * fault of ours, which stays as it is.
 */
function failureOf(error: unknown): unknown {
  if (error instanceof DynamoDBServiceException) {
    const { httpStatusCode = 500, requestId = 'null' } = error.$metadata;
    return new DataSourceFailure(
      error.constructor === DynamoDBServiceException ? UNMODELED : `DynamoDB:${error.name}`,
      `${error.message} ${suffix(httpStatusCode, requestId)}`,
      null,
      { cause: error },
    );
  }
  if (error instanceof Error && '$metadata' in error) {
    const reason = error.message || String((error as NodeJS.ErrnoException).code);
    return new DataSourceFailure('DynamoDB:SdkClientException', `Unable to execute HTTP request: ${reason}`, null, {
      cause: error,
    });
  }
  return error;
}

/** What AppSync calls an exception that DynamoDB's API model does not name. */
const UNMODELED = 'DynamoDB:DynamoDbException';

function suffix(status: number, requestId: string): string {
  return `(Service: DynamoDb, Status Code: ${status}, Request ID: ${requestId})`;
}
