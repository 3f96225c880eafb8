import { LambdaDataSource } from '../../../src/services/appsync/data-sources/lambda';
import { testApi, value } from './support/api';

const sdl = `
  type Query { posts: [Post!]!  post: Post }
  type Post { id: ID!  author: String  editor: String  comments: [Comment!] }
  type Comment { id: ID!  author: String }
`;
const POSTS = value('[1, 2, 3].map((n) => ({ id: `${n}`, comments: [{ id: `${n}a` }, { id: `${n}b` }] }))');

/** A function that answers each payload of a batch with its name; it keeps what it was called with. */
function authors(answer: (payload: unknown) => unknown = (id) => `author of ${String(id)}`) {
  const invocations: unknown[] = [];
  const dataSource = new LambdaDataSource('Authors', (payload) => {
    invocations.push(payload);
    return Promise.resolve({ ok: true, payload: Array.isArray(payload) ? payload.map(answer) : answer(payload) });
  });
  return { dataSource, invocations };
}
const BATCH = "return { operation: 'BatchInvoke', payload: ctx.source.id };";

describe('A field of a list’s items whose resolver batches', () => {
  test('asks its function once for all items of the list', async () => {
    const { dataSource, invocations } = authors();
    const { run } = testApi({
      sdl,
      resolvers: { 'Query.posts': POSTS, 'Post.author': { request: BATCH, dataSource } },
    });
    const { data } = await run('{ posts { author } }');
    expect(data).toEqual({ posts: [1, 2, 3].map((n) => ({ author: `author of ${n}` })) });
    expect(invocations).toEqual([['1', '2', '3']]);
  });

  test.each([
    [1, [['1'], ['2'], ['3']]],
    [2, [['1', '2'], ['3']]],
    [10, [['1', '2', '3']]],
  ])('asks for at most maxBatchSize %d at once', async (maxBatchSize, expected) => {
    const { dataSource, invocations } = authors();
    const { run } = testApi({
      sdl,
      resolvers: { 'Query.posts': POSTS, 'Post.author': { request: BATCH, dataSource, maxBatchSize } },
    });
    await run('{ posts { author } }');
    expect(invocations).toEqual(expected);
  });

  test('covers a level of lists of lists', async () => {
    const { dataSource, invocations } = authors();
    const { run } = testApi({
      sdl,
      resolvers: { 'Query.posts': POSTS, 'Comment.author': { request: BATCH, dataSource, maxBatchSize: 100 } },
    });
    await run('{ posts { comments { author } } }');
    expect(invocations).toEqual([['1a', '1b', '2a', '2b', '3a', '3b']]);
  });

  test('asks for each field and each alias apart', async () => {
    const { dataSource, invocations } = authors();
    const step = { request: BATCH, dataSource };
    const { run } = testApi({ sdl, resolvers: { 'Query.posts': POSTS, 'Post.author': step, 'Post.editor': step } });
    await run('{ posts { author editor again: author } }');
    expect(invocations).toEqual([
      ['1', '2', '3'],
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
  });

  test('waits for neither those that fail nor those that return early', async () => {
    const { dataSource, invocations } = authors();
    const request = `
      if (ctx.source.id === '1') util.error('no');
      if (ctx.source.id === '2') runtime.earlyReturn('early');
      ${BATCH}`;
    const { run } = testApi({ sdl, resolvers: { 'Query.posts': POSTS, 'Post.author': { request, dataSource } } });
    const { data, errors } = await run('{ posts { author } }');
    expect(data).toEqual({ posts: [{ author: null }, { author: 'early' }, { author: 'author of 3' }] });
    expect(errors).toMatchObject([{ path: ['posts', 0, 'author'], message: 'no' }]);
    expect(invocations).toEqual([['3']]);
  });

  test('gathers the calls of pipelines whose earlier functions took their own time', async () => {
    const { dataSource, invocations } = authors();
    const waits = [30, 0, 10];
    const uneven = {
      name: 'Uneven',
      type: 'AWS_LAMBDA' as const,
      execute: () => new Promise<{ result: null }>((done) => setTimeout(() => done({ result: null }), waits.shift())),
    };
    const { run } = testApi({
      sdl,
      resolvers: {
        'Query.posts': POSTS,
        'Post.author': { pipeline: [{ dataSource: uneven }, { request: BATCH, dataSource }] },
      },
    });
    const { data } = await run('{ posts { author } }');
    expect(data).toEqual({ posts: [1, 2, 3].map((n) => ({ author: `author of ${n}` })) });
    expect((invocations[0] as string[]).sort()).toEqual(['1', '2', '3']);
    expect(invocations).toHaveLength(1);
  });

  test('without handlers sends contexts, and reads errors out of the results', async () => {
    const { dataSource, invocations } = authors((context) => {
      const { id } = (context as { source: { id: string } }).source;
      return id === '2' ? { data: null, errorMessage: 'gone', errorType: 'Gone' } : { data: id, errorMessage: null };
    });
    const { run } = testApi({
      sdl,
      resolvers: { 'Query.posts': POSTS, 'Post.author': { direct: true, dataSource, maxBatchSize: 10 } },
    });
    const { data, errors } = await run('{ posts { author } }');
    expect(data).toEqual({ posts: [{ author: '1' }, { author: null }, { author: '3' }] });
    expect(errors).toMatchObject([{ path: ['posts', 1, 'author'], errorType: 'Gone', message: 'gone' }]);
    expect(invocations).toHaveLength(1);
  });
});

test('A field outside of lists batches alone', async () => {
  const { dataSource, invocations } = authors();
  const { run } = testApi({
    sdl,
    resolvers: { 'Query.post': value("{ id: '9' }"), 'Post.author': { request: BATCH, dataSource } },
  });
  expect((await run('{ post { author } }')).data).toEqual({ post: { author: 'author of 9' } });
  expect(invocations).toEqual([['9']]);
});

test('Invoke is not batched unless the resolver has a maxBatchSize, and not even then', async () => {
  const { dataSource, invocations } = authors();
  const request = "return { operation: 'Invoke', payload: ctx.source.id };";
  const { run } = testApi({
    sdl,
    resolvers: { 'Query.posts': POSTS, 'Post.author': { request, dataSource, maxBatchSize: 10 } },
  });
  await run('{ posts { author } }');
  expect(invocations).toEqual(['1', '2', '3']);
});
