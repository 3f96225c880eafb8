import { DynamoDbDataSource } from '../../../../src/services/appsync/data-sources/dynamodb';
import { onEachEngine } from './engines';
import { stubClient } from './stub-client';
import { newKey, typed } from './typed';

describe('The DynamoDB data source', () => {
  onEachEngine((bed) => {
    const newItem = () => ({ ...newKey(), title: 'a' });
    const put = (items: Record<string, unknown>[], authors: Record<string, unknown>[] = []) =>
      bed.execute({
        operation: 'BatchPutItem',
        tables: { posts: items.map(typed), ...(authors.length > 0 && { authors: authors.map(typed) }) },
      });
    const keyOf = ({ id, version }: { id: string; version: number }) => ({ id, version });

    test('on BatchPutItem answers the items as written, with one call', async () => {
      const items = [newItem(), newItem()];
      const author = { id: newKey().id };
      expect(await put(items, [author])).toEqual({
        result: { data: { posts: items, authors: [author] }, unprocessedItems: { posts: [], authors: [] } },
      });
      expect(bed.calls).toEqual(['BatchWriteItemCommand']);
    });

    test('on BatchGetItem answers items of several tables in the order of the keys, null where there is none', async () => {
      const items = [newItem(), newItem(), newItem()] as const;
      const author = { id: newKey().id, name: 'A' };
      await put([...items], [author]);
      bed.calls.length = 0;
      const keys = [items[2], newItem(), items[0], items[1]].map((item) => typed(keyOf(item)));
      const answer = await bed.execute({
        operation: 'BatchGetItem',
        tables: { posts: { keys, consistentRead: true }, authors: { keys: [typed({ id: author.id })] } },
      });
      expect(answer).toEqual({
        result: {
          data: { posts: [items[2], null, items[0], items[1]], authors: [author] },
          unprocessedKeys: { posts: [], authors: [] },
        },
      });
      expect(bed.calls).toEqual(['BatchGetItemCommand']);
    });

    test.each([
      ['without the key', { expression: '#t', expressionNames: { '#t': 'title' } }, { title: 'a' }],
      ['with half of the key', { expression: 'title, id' }, { title: 'a', id: expect.any(String) as unknown }],
      [
        'with the whole key',
        { expression: '#v , id', expressionNames: { '#v': 'version' } },
        { id: expect.any(String) as unknown, version: 1 },
      ],
    ])('on BatchGetItem keeps the order under a projection %s', async (_, projection, expected) => {
      const items = [newItem(), newItem()];
      await put(items);
      const keys = [keyOf(items[1]!), newKey(), keyOf(items[0]!)].map(typed);
      const answer = await bed.execute({ operation: 'BatchGetItem', tables: { posts: { keys, projection } } });
      expect(answer.result).toMatchObject({ data: { posts: [expected, null, expected] } });
      expect((answer.result as { data: { posts: unknown[] } }).data.posts[0]).toEqual(expected);
    });

    test('on BatchDeleteItem answers the keys, with one call, and the items are gone', async () => {
      const item = newItem();
      await put([item]);
      bed.calls.length = 0;
      const keys = [keyOf(item), newKey()];
      const answer = await bed.execute({ operation: 'BatchDeleteItem', tables: { posts: keys.map(typed) } });
      expect(answer).toEqual({ result: { data: { posts: keys }, unprocessedKeys: { posts: [] } } });
      expect(bed.calls).toEqual(['BatchWriteItemCommand']);
      expect((await bed.execute({ operation: 'GetItem', key: typed(keyOf(item)) })).result).toBeNull();
    });

    test('that fails leaves every key unprocessed', async () => {
      const key = newKey();
      const answer = await bed.execute({
        operation: 'BatchGetItem',
        tables: { posts: { keys: [typed(key), typed(key)] } },
      });
      expect(answer).toEqual({
        result: { data: { posts: [null, null] }, unprocessedKeys: { posts: [key, key] } },
        error: { type: 'DynamoDB:DynamoDbException', message: expect.stringContaining('duplicates') as unknown },
      });
    });

    test.each([
      ['BatchGetItem', { posts: { keys: Array.from({ length: 101 }, () => typed(newKey())) } }],
      ['BatchPutItem', { posts: Array.from({ length: 26 }, () => typed(newKey())) }],
      ['BatchDeleteItem', { posts: Array.from({ length: 26 }, () => typed(newKey())) }],
    ])('refuses a %s of more than DynamoDB takes', async (operation, tables) => {
      expect((await bed.execute({ operation, tables })).error?.type).toBe('DynamoDB:DynamoDbException');
    });
  });

  describe('where DynamoDB did not get to everything', () => {
    const [done, left] = [
      { id: 'a', version: 1 },
      { id: 'b', version: 2 },
    ];
    const Left = { id: { S: 'b' }, version: { N: '2' } };
    const execute = (output: Record<string, unknown>, request: unknown) =>
      new DynamoDbDataSource({
        name: 'Posts',
        tableName: 'posts',
        client: stubClient(output).client,
        tokenSecret: Buffer.from('secret'),
      }).execute({ request, resolver: 'Query.posts', context: {} });

    test('a BatchGetItem has null in data and the key in unprocessedKeys', async () => {
      const output = {
        Responses: { posts: [{ id: { S: 'a' }, version: { N: '1' } }] },
        UnprocessedKeys: { posts: { Keys: [Left] } },
      };
      const tables = { posts: { keys: [typed(left), typed(done)] } };
      expect(await execute(output, { operation: 'BatchGetItem', tables })).toEqual({
        result: { data: { posts: [null, done] }, unprocessedKeys: { posts: [left] } },
      });
    });

    test.each([
      ['BatchPutItem', 'unprocessedItems', { PutRequest: { Item: Left } }],
      ['BatchDeleteItem', 'unprocessedKeys', { DeleteRequest: { Key: Left } }],
    ])('a %s has null in data and the rest in %s', async (operation, unprocessed, request) => {
      const tables = { posts: [typed(left), typed(done)], authors: [typed({ id: 'c' })] };
      expect(await execute({ UnprocessedItems: { posts: [request] } }, { operation, tables })).toEqual({
        result: {
          data: { posts: [null, done], authors: [{ id: 'c' }] },
          [unprocessed]: { posts: [left], authors: [] },
        },
      });
    });
  });
});
