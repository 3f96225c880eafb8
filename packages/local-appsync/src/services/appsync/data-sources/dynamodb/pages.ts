import { QueryCommand, type QueryCommandOutput, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DataSourceCall } from '../../../../appsync-js/data-source';
import { flag, integer, oneOf, optional, request, text } from '../shape';
import { expression, placeholders, projection } from './expression';
import type { Operation } from './operation';
import type { PageScope } from './page-token';
import { plainItem } from './plain-value';
import type { DynamoDbService, Resource } from './service';

const pageFields = {
  index: optional(text),
  limit: optional(integer),
  nextToken: optional(text),
  consistentRead: optional(flag),
  select: optional(oneOf('ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES')),
  filter: optional(expression),
  projection: optional(projection),
};
const readQuery = request({ ...pageFields, query: expression, scanIndexForward: optional(flag) });
const readScan = request({ ...pageFields, segment: optional(integer), totalSegments: optional(integer) });

/** Answers `{items, nextToken, scannedCount}`: one page, of at most `limit` items before the filter. */
export const query: Operation = async (service, call) => {
  const given = readQuery(call.request);
  const scope = scopeOf(service, call, given.index);
  const command = new QueryCommand({
    ...pageInput(service, given, scope),
    KeyConditionExpression: given.query.expression,
    ...placeholders(given.query, given.filter, given.projection),
    ScanIndexForward: given.scanIndexForward,
  });
  const output = await service.call([['dynamodb:Query', resourceOf(scope)]], (client) => client.send(command));
  return page(service, scope, output);
};

/** Answers as query does, in no order. */
export const scan: Operation = async (service, call) => {
  const given = readScan(call.request);
  const scope = scopeOf(service, call, given.index);
  const command = new ScanCommand({
    ...pageInput(service, given, scope),
    ...placeholders(given.filter, given.projection),
    Segment: given.segment,
    TotalSegments: given.totalSegments,
  });
  const output = await service.call([['dynamodb:Scan', resourceOf(scope)]], (client) => client.send(command));
  return page(service, scope, output);
};

function scopeOf({ tableName }: DynamoDbService, { resolver }: DataSourceCall, indexName?: string): PageScope {
  return {
    resolver,
    tableName,
    indexName,
  };
}

function resourceOf({ tableName, indexName }: PageScope): Resource {
  return { tableName, indexName };
}

function pageInput(
  { tokens }: DynamoDbService,
  given: Omit<ReturnType<typeof readScan>, 'segment' | 'totalSegments'>,
  scope: PageScope,
) {
  return {
    TableName: scope.tableName,
    IndexName: scope.indexName,
    Limit: given.limit,
    ExclusiveStartKey: given.nextToken === undefined ? undefined : tokens.open(given.nextToken, scope),
    ConsistentRead: given.consistentRead,
    Select: given.select,
    FilterExpression: given.filter?.expression,
    ProjectionExpression: given.projection?.expression,
  };
}

function page({ tokens }: DynamoDbService, scope: PageScope, output: QueryCommandOutput) {
  return {
    items: (output.Items ?? []).map(plainItem),
    nextToken: output.LastEvaluatedKey ? tokens.seal(output.LastEvaluatedKey, scope) : null,
    scannedCount: output.ScannedCount ?? 0,
  };
}
