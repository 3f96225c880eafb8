import fc from 'fast-check';
import { PageTokens, type PageScope } from '../../../../src/services/appsync/data-sources/dynamodb/page-token';
import { typedMap } from '../../../../src/services/appsync/data-sources/dynamodb/typed-value';
import { typed } from './typed';

const tokens = new PageTokens(Buffer.from('secret'));
const scope: PageScope = { resolver: 'Query.posts', tableName: 'posts', indexName: 'byAuthor' };
const lastKey = typedMap(typed({ id: 'p1', version: 3 }), '$');
const INVALID =
  'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.';

describe('A pagination token', () => {
  test('opens to the key that was sealed in it', () => {
    expect(tokens.open(tokens.seal(lastKey, scope), scope)).toEqual(lastKey);
  });

  test('opens after a restart with the same secret', () => {
    expect(new PageTokens(Buffer.from('secret')).open(tokens.seal(lastKey, scope), scope)).toEqual(lastKey);
  });

  test('shows neither the key nor that two tokens hold the same', () => {
    const token = tokens.seal(lastKey, scope);
    expect(Buffer.from(token, 'base64url').includes('p1')).toBe(false);
    expect(tokens.seal(lastKey, scope)).not.toBe(token);
  });

  test.each<[string, PageScope]>([
    ['another resolver', { ...scope, resolver: 'Query.others' }],
    ['another table', { ...scope, tableName: 'authors' }],
    ['another index', { ...scope, indexName: 'byDate' }],
    ['the table itself', { ...scope, indexName: undefined }],
  ])('is refused by %s', (_, elsewhere) => {
    expect(() => tokens.open(tokens.seal(lastKey, scope), elsewhere)).toThrow(INVALID);
  });

  test('of another secret is refused', () => {
    expect(() => new PageTokens(Buffer.from('other')).open(tokens.seal(lastKey, scope), scope)).toThrow(INVALID);
  });

  test.each(['', 'abc', '!', 'x'.repeat(100), 'eyJ2ZXJzaW9uIjoyLCJ0b2tlbiI6IkFR'])(
    'that was made up, %j, is refused',
    (token) => {
      expect(() => tokens.open(token, scope)).toThrow(INVALID);
    },
  );

  test('with any character changed, added or taken away is refused', () => {
    const token = tokens.seal(lastKey, scope);
    const place = fc.nat(token.length - 1);
    fc.assert(
      fc.property(place, fc.constantFrom('A', 'b', '-', '=', ' ', ''), fc.boolean(), (at, character, replace) => {
        const changed = token.slice(0, at) + character + token.slice(replace ? at + 1 : at);
        fc.pre(changed !== token);
        expect(() => tokens.open(changed, scope)).toThrow(INVALID);
      }),
      { numRuns: 500 },
    );
  });
});
