import type { AnyNode } from 'acorn';
import type { DataSourceAnswer } from '../data-source';
import { isTestOfError, memberOfContext } from './context';
import { excerpt, within } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the DynamoDB data source. */
export const B2: Quirk = {
  id: 'B2',
  title: 'after a failed condition ctx.result does not hold the item',
  source: 'aws-appsync-community #343; samples of AWS contradict it',
  certainty: 'contradicted',
  find: (source) =>
    source
      .ofType('IfStatement')
      .filter(({ test }) => isTestOfError(source, test))
      .flatMap(({ consequent }) => within(source, consequent))
      .filter((node: AnyNode) => memberOfContext(source, node) === 'result')
      .map((node) => ({
        node,
        what: `${excerpt(source, node)} may be null after a failed condition`,
        instead: 'read the item by a GetItem of its own',
      })),
};

/** A refusal as AppSync is reported to tell it. */
export function withoutItem(answer: DataSourceAnswer): DataSourceAnswer {
  return answer.error?.type === 'DynamoDB:ConditionalCheckFailedException' && answer.result !== null
    ? { ...answer, result: null, quirks: ['B2'] }
    : answer;
}
