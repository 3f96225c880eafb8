import fc from 'fast-check';
import { onEachEngine } from './engines';
import { newKey, typed, typedOf } from './typed';

const ATTRIBUTES = {
  title: 'Käse 🧀',
  empty: '',
  count: 0,
  ratio: -1.5e-7,
  open: false,
  nothing: null,
  list: [1, 'a', null, [true]],
  map: { a: { b: [] } },
};

describe('The DynamoDB data source', () => {
  onEachEngine((bed) => {
    const put = (key: Record<string, unknown>, attributes: Record<string, unknown>) =>
      bed.execute({ operation: 'PutItem', key: typed(key), attributeValues: typed(attributes) });
    const get = (key: Record<string, unknown>) => bed.execute({ operation: 'GetItem', key: typed(key) });

    describe('on PutItem', () => {
      test('answers the item as written, with one call', async () => {
        const key = newKey();
        expect(await put(key, ATTRIBUTES)).toEqual({ result: { ...key, ...ATTRIBUTES } });
        expect(bed.calls).toEqual(['PutItemCommand']);
      });

      test('replaces the whole item', async () => {
        const key = newKey();
        await put(key, { old: 1 });
        await put(key, { new: 2 });
        expect((await get(key)).result).toEqual({ ...key, new: 2 });
      });

      test('writes the key alone without attributeValues', async () => {
        const key = newKey();
        expect(await bed.execute({ operation: 'PutItem', key: typed(key) })).toEqual({ result: key });
      });

      test('stores sets and binary, which read back as lists and base64', async () => {
        const key = newKey();
        const attributeValues = {
          s: { SS: ['a', 'b'] },
          n: { NS: [1, 2] },
          b: { B: 'AAEC' },
          bs: { BS: ['AA==', 'AQ=='] },
        };
        const written = await bed.execute({ operation: 'PutItem', key: typed(key), attributeValues });
        const item = { ...key, s: ['a', 'b'], n: [1, 2], b: 'AAEC', bs: ['AA==', 'AQ=='] };
        expect(written.result).toEqual(item);
        const { result } = await get(key);
        const sorted = Object.entries(result as object).map(([name, value]) => [
          name,
          Array.isArray(value) ? (value as unknown[]).toSorted() : (value as unknown),
        ]);
        expect(Object.fromEntries(sorted)).toEqual(item);
      });
    });

    describe('on GetItem', () => {
      test('answers the item, with one call', async () => {
        const key = newKey();
        await put(key, ATTRIBUTES);
        bed.calls.length = 0;
        expect(await get(key)).toEqual({ result: { ...key, ...ATTRIBUTES } });
        expect(bed.calls).toEqual(['GetItemCommand']);
      });

      test('answers null where there is no item', async () => {
        expect(await get(newKey())).toEqual({ result: null });
      });

      test('answers the attributes of the projection only', async () => {
        const key = newKey();
        await put(key, ATTRIBUTES);
        const projection = { expression: '#t, #l[0]', expressionNames: { '#t': 'title', '#l': 'list' } };
        const answer = await bed.execute({ operation: 'GetItem', key: typed(key), consistentRead: true, projection });
        expect(answer).toEqual({ result: { title: 'Käse 🧀', list: [1] } });
      });

      test('reads back any JSON that was put', async () => {
        // What DynamoDB can hold: its numbers end at 1e126 and attributes need a name.
        const number = fc
          .oneof(fc.integer(), fc.double({ min: -1e120, max: 1e120, noNaN: true }))
          .map((each) => (Math.abs(each) < 1e-120 ? 0 : each));
        const { json } = fc.letrec<{ json: unknown }>((tie) => ({
          json: fc.oneof(
            { maxDepth: 4 },
            fc.string({ unit: 'grapheme' }),
            number,
            fc.boolean(),
            fc.constant(null),
            fc.array(tie('json'), { maxLength: 4 }),
            fc.dictionary(fc.string({ minLength: 1 }), tie('json'), { maxKeys: 4, noNullPrototype: true }),
          ),
        }));
        const key = newKey();
        await fc.assert(
          fc.asyncProperty(json.filter(storable), async (value) => {
            const attributeValues = { value: typedOf(value) };
            const written = await bed.execute({ operation: 'PutItem', key: typed(key), attributeValues });
            expect(written).toEqual({ result: { ...key, value } });
            expect(await get(key)).toEqual(written);
          }),
          { numRuns: 60 },
        );
      });
    });

    describe('on UpdateItem', () => {
      const update = (key: Record<string, unknown>, update: Record<string, unknown>, more = {}) =>
        bed.execute({ operation: 'UpdateItem', key: typed(key), update, ...more });

      test('answers the whole item after the update, with one call', async () => {
        const key = newKey();
        await put(key, { kept: 1, count: 1, gone: 'x' });
        bed.calls.length = 0;
        const answer = await update(key, {
          expression: 'SET #c = #c + :one, title = :t REMOVE gone',
          expressionNames: { '#c': 'count' },
          expressionValues: typed({ ':one': 1, ':t': 'new' }),
        });
        expect(answer).toEqual({ result: { ...key, kept: 1, count: 2, title: 'new' } });
        expect(bed.calls).toEqual(['UpdateItemCommand']);
      });

      test('creates the item that is not there', async () => {
        const key = newKey();
        const answer = await update(key, { expression: 'SET a = :a', expressionValues: typed({ ':a': null }) });
        expect(answer).toEqual({ result: { ...key, a: null } });
      });

      test('takes placeholders of update and condition together, and empty maps for none', async () => {
        const key = newKey();
        await put(key, { count: 1 });
        const answer = await update(
          key,
          { expression: 'SET #c = :new', expressionNames: { '#c': 'count' }, expressionValues: typed({ ':new': 2 }) },
          {
            condition: {
              expression: '#c = :old',
              expressionNames: { '#c': 'count' },
              expressionValues: typed({ ':old': 1 }),
            },
          },
        );
        expect(answer.result).toEqual({ ...key, count: 2 });
        const without = { expression: 'REMOVE extra', expressionNames: {}, expressionValues: {} };
        expect(await update(key, without)).toEqual({ result: { ...key, count: 2 } });
      });

      test('refuses one placeholder of two meanings', async () => {
        const key = newKey();
        const answer = await update(
          key,
          { expression: 'SET a = :v', expressionValues: typed({ ':v': 1 }) },
          { condition: { expression: 'a = :v', expressionValues: typed({ ':v': 2 }) } },
        );
        expect(answer.error).toEqual({ type: 'MappingTemplate', message: expect.stringContaining("':v'") as unknown });
      });
    });

    describe('on DeleteItem', () => {
      const remove = (key: Record<string, unknown>) => bed.execute({ operation: 'DeleteItem', key: typed(key) });

      test('answers the item that it removed, with one call', async () => {
        const key = newKey();
        await put(key, ATTRIBUTES);
        bed.calls.length = 0;
        expect(await remove(key)).toEqual({ result: { ...key, ...ATTRIBUTES } });
        expect(bed.calls).toEqual(['DeleteItemCommand']);
        expect(await get(key)).toEqual({ result: null });
      });

      test('answers null where there was none', async () => {
        expect(await remove(newKey())).toEqual({ result: null });
      });
    });

    describe('when DynamoDB refuses', () => {
      const suffix = /\(Service: DynamoDb, Status Code: 400, Request ID: [\w-]+\)$/;

      test.each([
        ['a key that is not the table’s', { operation: 'GetItem', key: typed({ id: 'a' }) }, 'DynamoDbException'],
        [
          'an expression that does not parse',
          { operation: 'UpdateItem', key: typed(newKey()), update: { expression: 'SOT a' } },
          'DynamoDbException',
        ],
        [
          'an unused placeholder',
          { operation: 'Scan', filter: { expression: 'a = b', expressionNames: { '#c': 'c' } } },
          'DynamoDbException',
        ],
        ['an unknown index', { operation: 'Scan', index: 'byNothing' }, 'DynamoDbException'],
        ['a limit of none', { operation: 'Scan', limit: 0 }, 'DynamoDbException'],
      ])('%s, tells its exception', async (_, request, exception) => {
        const { result, error } = await bed.execute(request);
        expect(result).toBeNull();
        expect(error).toEqual({ type: `DynamoDB:${exception}`, message: expect.stringMatching(suffix) as unknown });
      });

      test('a table that is not there, tells ResourceNotFoundException', async () => {
        const answer = await bed.execute({ operation: 'GetItem', key: typed(newKey()) }, { tableName: 'missing' });
        expect(answer.error?.type).toBe('DynamoDB:ResourceNotFoundException');
        expect(answer.error?.message).toMatch(suffix);
      });
    });
  });
});

/** JSON has no -0, and a property named __proto__ is lost in the AWS SDK. */
function storable(value: unknown): boolean {
  const json = JSON.stringify(value, (_, each: unknown) => (Object.is(each, -0) ? 'minus zero' : each));
  return !json.includes('minus zero') && !json.includes('__proto__');
}
