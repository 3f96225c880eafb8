import type { AnyNode } from 'acorn';
import type { Source } from '../realm/validate/source';
import { memberOfContext } from './context';
import { excerpt, helperOf } from './expressions';
import type { Quirk } from './quirk';

/** Acts in the DynamoDB data source: local/datasource/dynamodb/update-item.ts. */
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

const isUpdate = (source: Source, node: AnyNode): boolean =>
  (node.type === 'Literal' && node.value === 'UpdateItem') ||
  (node.type === 'CallExpression' && helperOf(source, node) === 'dynamodb.update');
