import { renderFilter, UnreadableFilter } from '../dynamodb/filter-expression';
import { unsupported } from '../unsupported';
import { toSubscriptionFilter } from './subscription-filter';

/** AppSync answers null, not an error, to a filter that it cannot render. */
function expressionText(filter: unknown): string | null {
  try {
    return JSON.stringify(renderFilter(filter));
  } catch (error) {
    if (error instanceof UnreadableFilter) {
      return null;
    }
    throw error;
  }
}

/** `util.transform` */
export const transform = {
  toDynamoDBFilterExpression: expressionText,
  toDynamoDBConditionExpression: expressionText,
  toElasticsearchQueryDSL: unsupported('util.transform.toElasticsearchQueryDSL'),
  toSubscriptionFilter,
};
