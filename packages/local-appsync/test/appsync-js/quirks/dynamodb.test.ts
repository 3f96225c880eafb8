import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDbDataSource } from '../../../src/services/appsync/data-sources/dynamodb';
import { tablesClient } from '../../../src/services/dynamodb/engine/clients';
import { semanticsOf, type SemanticsName } from '../../../src/appsync-js/quirks/semantics';
import { MODES } from './support';

const item = { id: { S: '1' }, n: { N: '2' } };

/** A table that refuses each condition, and holds the item. */
async function answerOf(mode: SemanticsName, request: object) {
  const client = tablesClient('http://127.0.0.1:1');
  client.middlewareStack.add(
    () =>
      ({ input }) => {
        if ('ConditionExpression' in input && input.ConditionExpression) {
          throw new ConditionalCheckFailedException({ message: 'No', $metadata: {} });
        }
        return Promise.resolve({ output: { $metadata: {}, Item: item, Attributes: item }, response: undefined });
      },
    { step: 'initialize', priority: 'high' },
  );
  const source = new DynamoDbDataSource({
    name: 'things',
    tableName: 'Things',
    client,
    tokenSecret: Buffer.from('secret'),
    semantics: semanticsOf(mode),
  });
  return source.execute({ request, resolver: 'Query.thing', context: {} });
}

const key = { id: { S: '1' } };
const update = { expression: 'SET n = n' };
const condition = { expression: 'attribute_not_exists(id)' };
const plain = { id: '1', n: 2 };

test.each([
  ['PutItem', { operation: 'PutItem', key, attributeValues: { n: { N: 3 } }, condition }],
  ['UpdateItem', { operation: 'UpdateItem', key, update, condition }],
])('A failed condition of %s comes without the item in strictest', async (_operation, request) => {
  const answers = await Promise.all(MODES.map((mode) => answerOf(mode, request)));
  expect(answers.map(({ result }) => result)).toEqual([plain, plain, null]);
  expect(answers.map(({ quirks }) => quirks)).toEqual([undefined, undefined, ['B2']]);
  expect(answers.map(({ error }) => error?.type)).toEqual(MODES.map(() => 'DynamoDB:ConditionalCheckFailedException'));
});

test('A put that is equal to what stands there succeeds in each reading', async () => {
  const put = { operation: 'PutItem', key, attributeValues: { n: { N: 2 } }, condition };
  const answers = await Promise.all(MODES.map((mode) => answerOf(mode, put)));
  expect(answers).toEqual(MODES.map(() => ({ result: plain })));
});

test('UpdateItem answers nothing in strictest', async () => {
  const answers = await Promise.all(MODES.map((mode) => answerOf(mode, { operation: 'UpdateItem', key, update })));
  expect(answers).toEqual([{ result: plain }, { result: plain }, { result: null, quirks: ['B6'] }]);
});

test('Other operations answer as ever in strictest', async () => {
  expect(await answerOf('strictest', { operation: 'GetItem', key })).toEqual({ result: plain });
  expect(await answerOf('strictest', { operation: 'DeleteItem', key })).toEqual({ result: plain });
});
