import { randomUUID } from 'node:crypto';
import { onEachEngine } from './engines';
import { typed } from './typed';

interface Page {
  items: Record<string, unknown>[];
  nextToken: string | null;
  scannedCount: number;
}

describe('The DynamoDB data source', () => {
  onEachEngine((bed) => {
    const author = randomUUID();
    const id = `${author}-post`;

    beforeAll(async () => {
      for (const version of [1, 2, 3, 4, 5]) {
        await bed.execute({
          operation: 'PutItem',
          key: typed({ id, version }),
          attributeValues: typed({ author, at: `2024-01-0${version}`, even: version % 2 === 0, text: 'x' }),
        });
      }
    });

    const query = (more: Record<string, unknown> = {}, options = {}) =>
      bed.execute(
        { operation: 'Query', query: { expression: 'id = :id', expressionValues: typed({ ':id': id }) }, ...more },
        options,
      );
    const byAuthor = {
      index: 'byAuthor',
      query: { expression: '#a = :a', expressionNames: { '#a': 'author' }, expressionValues: typed({ ':a': author }) },
    };
    const versionsOf = ({ result }: { result: unknown }) => (result as Page).items.map(({ version }) => version);
    const even = { expression: 'even = :even', expressionValues: typed({ ':even': true }) };

    /** Follows the tokens to the end. */
    async function follow(run: (nextToken: string | null) => Promise<{ result: unknown; error?: unknown }>) {
      const pages: Page[] = [];
      let nextToken: string | null = null;
      do {
        const { result, error } = await run(nextToken);
        expect(error).toBeUndefined();
        pages.push(result as Page);
        nextToken = (result as Page).nextToken;
      } while (nextToken !== null);
      return pages;
    }

    describe('on Query', () => {
      test('answers the items in order, with one call', async () => {
        const answer = await query();
        expect(versionsOf(answer)).toEqual([1, 2, 3, 4, 5]);
        expect(answer.result).toMatchObject({ nextToken: null, scannedCount: 5 });
        expect(Object.keys(answer.result as object).sort()).toEqual(['items', 'nextToken', 'scannedCount']);
        expect(bed.calls).toEqual(['QueryCommand']);
      });

      test('answers no items where there are none', async () => {
        const query = { expression: 'id = :id', expressionValues: typed({ ':id': 'nobody' }) };
        expect(await bed.execute({ operation: 'Query', query })).toEqual({
          result: { items: [], nextToken: null, scannedCount: 0 },
        });
      });

      test('goes backwards where scanIndexForward is false', async () => {
        expect(versionsOf(await query({ scanIndexForward: false, limit: 2, consistentRead: true }))).toEqual([5, 4]);
      });

      test('takes null for every optional element', async () => {
        const nulls = { nextToken: null, limit: null, filter: null, index: null, select: null, projection: null };
        expect(versionsOf(await query({ ...nulls, scanIndexForward: null, consistentRead: null }))).toHaveLength(5);
      });

      test('uses the index', async () => {
        expect(versionsOf(await bed.execute({ operation: 'Query', ...byAuthor }))).toEqual([1, 2, 3, 4, 5]);
        const denied = await bed.execute({ operation: 'Query', ...byAuthor, consistentRead: true });
        expect(denied.error?.type).toBe('DynamoDB:DynamoDbException');
      });

      test('filters after the limit, and counts what it scanned', async () => {
        const answer = await query({ filter: even, limit: 3 });
        expect(versionsOf(answer)).toEqual([2]);
        expect(answer.result).toMatchObject({ scannedCount: 3, nextToken: expect.any(String) as unknown });
      });

      test('answers the attributes of the projection only', async () => {
        const projection = { expression: '#v', expressionNames: { '#v': 'version' } };
        expect((await query({ projection, limit: 1, select: 'SPECIFIC_ATTRIBUTES' })).result).toMatchObject({
          items: [{ version: 1 }],
        });
      });

      test.each([
        ['the table', {}],
        ['an index', byAuthor],
        ['the table backwards', { scanIndexForward: false }],
        ['filtered items', { filter: even }],
      ])('pages through %s without losing or repeating an item', async (_, more) => {
        const whole = versionsOf(await query(more));
        const pages = await follow((nextToken) => query({ ...more, limit: 2, nextToken }));
        expect(pages.flatMap(({ items }) => items.map(({ version }) => version))).toEqual(whole);
        expect(pages.length).toBeGreaterThan(2);
        expect(pages.every(({ scannedCount }) => scannedCount <= 2)).toBe(true);
      });

      describe('refuses the token', () => {
        const refused = {
          result: null,
          error: {
            type: 'DynamoDB:UserIllegalArgumentException',
            message:
              'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
          },
        };
        const tokenOf = async () => ((await query({ limit: 1 })).result as Page).nextToken;

        test('of another resolver', async () => {
          expect(await query({ nextToken: await tokenOf() }, { resolver: 'Query.other' })).toEqual(refused);
        });

        test('of the table, on its index', async () => {
          expect(await query({ ...byAuthor, nextToken: await tokenOf() })).toEqual(refused);
        });

        test('of another secret', async () => {
          expect(await query({ nextToken: await tokenOf() }, { tokenSecret: Buffer.from('other') })).toEqual(refused);
        });

        test('that a client made up, without asking DynamoDB', async () => {
          expect(await query({ nextToken: 'eyJ2ZXJzaW9uIjoyfQ==' })).toEqual(refused);
          expect(bed.calls).toEqual([]);
        });
      });
    });

    describe('on Scan', () => {
      const mine = { expression: 'author = :a', expressionValues: typed({ ':a': author }) };
      const scan = (more: Record<string, unknown> = {}) => bed.execute({ operation: 'Scan', filter: mine, ...more });

      test('answers every item that the filter lets through, with one call', async () => {
        expect(versionsOf(await scan()).sort()).toEqual([1, 2, 3, 4, 5]);
        expect(bed.calls).toEqual(['ScanCommand']);
      });

      test('pages through the table without losing or repeating an item', async () => {
        const pages = await follow((nextToken) => scan({ limit: 2, nextToken }));
        expect(pages.flatMap(({ items }) => items.map(({ version }) => version)).sort()).toEqual([1, 2, 3, 4, 5]);
      });

      test('uses the index and takes segments of it', async () => {
        const segments = await Promise.all(
          [0, 1, 2].map((segment) => scan({ index: 'byAuthor', segment, totalSegments: 3 })),
        );
        expect(segments.flatMap(versionsOf).sort()).toEqual([1, 2, 3, 4, 5]);
      });
    });
  });
});
