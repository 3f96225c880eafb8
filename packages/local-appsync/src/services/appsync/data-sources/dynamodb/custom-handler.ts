import type { DataSourceCall } from '../../../../appsync-js/data-source';
import { DataSourceFailure, malformed } from '../failure';
import { invocationFailure, refusedInvocation } from '../lambda-failure';
import { anything, map, object, oneOf, optional, present, type Read } from '../shape';
import type { DynamoDbService } from './service';
import { typedJson } from './typed-json';
import type { Item } from './typed-value';

export type CustomDecision = { action: 'reject' } | { action: 'discard' } | { action: 'retry'; request: unknown };

const anyMap = map(anything);
const answered = object({
  action: oneOf('reject', 'discard', 'retry'),
  // The same operation on the same item, so neither operation nor key.
  retryMapping: optional(object({ attributeValues: anything, update: anything, condition: optional(anyMap) })),
});

/**
 * Asks the function of a Custom condition handler what is to become of a write whose condition failed.
 * Source: https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html
 * @throws DataSourceFailure when the function fails or answers anything else
 */
export async function customDecision(
  service: DynamoDbService,
  call: DataSourceCall,
  lambdaArn: string | undefined,
  current: Item | undefined,
): Promise<CustomDecision> {
  if (lambdaArn === undefined) {
    throw malformed(`Value for field '$[condition][conditionalCheckFailedHandler][lambdaArn]' not found.`);
  }
  if (!service.invokeLambda) {
    throw new DataSourceFailure(
      'Lambda:ResourceNotFoundException',
      `Function not found: ${lambdaArn}. The data source ${service.name} was started without Lambda functions.`,
    );
  }
  const { context, request } = call;
  const info = (context.info ?? {}) as Record<string, unknown>;
  const invocation = service.invokeLambda(lambdaArn, {
    arguments: context.arguments ?? context.args ?? {},
    requestMapping: request,
    currentValue: current ? typedJson(current) : null,
    resolver: {
      tableName: service.tableName,
      awsRegion: await service.region(),
      parentType: info.parentTypeName ?? null,
      field: info.fieldName ?? null,
    },
    identity: context.identity ?? null,
  });
  const result = await invocation.catch(refusedInvocation);
  if (!result.ok) {
    throw invocationFailure(result);
  }

  const { action, retryMapping } = answered(present(result.payload), '$');
  return action === 'retry'
    ? { action, request: retried(request as Record<string, unknown>, retryMapping) }
    : { action };
}

/** The request once more with what the function changed; a second failure is rejected, so without a handler. */
function retried(
  request: Record<string, unknown>,
  { condition: changed, ...changes }: Partial<NonNullable<Read<typeof answered>['retryMapping']>> = {},
): unknown {
  if (changed && 'conditionalCheckFailedHandler' in changed) {
    throw malformed(`Unsupported element '$[retryMapping][condition][conditionalCheckFailedHandler]'.`);
  }
  const condition: Record<string, unknown> = { ...(request.condition as object), conditionalCheckFailedHandler: null };
  // An expression comes with placeholders of its own; those of the first would be left over, which DynamoDB refuses.
  if (changed?.expression !== undefined) {
    Object.assign(condition, { expressionNames: null, expressionValues: null });
  }
  const given = Object.entries(changes).filter(([, value]) => value !== undefined && value !== null);
  return { ...request, ...Object.fromEntries(given), condition: { ...condition, ...changed } };
}
