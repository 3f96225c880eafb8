import type { AnyNode } from 'acorn';
import type { DataSourceAnswer, DataSourceCall } from '../data-source';
import type { Source } from '../realm/validate/source';
import { memberOfContext } from './context';
import { excerpt, helperOf } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the DynamoDB data source. */
export const B6: Quirk = {
  id: 'B6',
  title: 'the result of UpdateItem is empty',
  source: 'public repositories',
  certainty: 'one',
  find: (source) =>
    source.nodes.some((node) => isUpdate(source, node))
      ? source.nodes
          .filter((node) => memberOfContext(source, node) === 'result')
          .slice(0, 1)
          .map((node) => ({
            node,
            what: `${excerpt(source, node)} of an UpdateItem may be empty`,
            instead: 'read the item by a GetItem of its own',
          }))
      : [],
};

function isUpdate(source: Source, node: AnyNode): boolean {
  return (
    (node.type === 'Literal' && node.value === 'UpdateItem') ||
    (node.type === 'CallExpression' && helperOf(source, node) === 'dynamodb.update')
  );
}

/** An update's answer as AppSync is reported to give it. */
export function withoutResult(answer: DataSourceAnswer, { request }: DataSourceCall): DataSourceAnswer {
  return (request as { operation?: unknown }).operation === 'UpdateItem' && answer.result !== null && !answer.error
    ? { ...answer, result: null, quirks: ['B6'] }
    : answer;
}
