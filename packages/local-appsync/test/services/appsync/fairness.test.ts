import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource } from '../../../src/appsync-js/data-source';
import { LambdaDataSource } from '../../../src/services/appsync/data-sources/lambda';
import { LIMITS } from '../../../src/services/appsync/limits';
import { type ResolverText, testApi, value } from './support/api';

const sdl = `
  type Query { one: Int  item: Item  list(n: Int): [Item]  secret: Int @aws_iam }
  type Mutation { add: Int }
  type Item { x: Int  y: Int }
`;

/** A service that answers in another turn of the event loop. */
const service: DataSource = {
  name: 'Service',
  type: 'AMAZON_DYNAMODB',
  execute: async () => ({ result: await nextTurn(7) }),
};

const resolvers = {
  'Query.one': { dataSource: service },
  'Query.item': value('({ x: 1, y: 2 })'),
  'Query.list': { response: 'const all = []; for (const n of [1, 2, 3]) { all.push({ x: n, y: n }); } return all;' },
  'Mutation.add': value('1'),
};

function aliases(count: number, field: string): string {
  return Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');
}

/** What simple queries that are asked one after another beside a large one see of it. */
async function beside(bomb: string): Promise<{ slowest: number; nearlySlowest: number }> {
  const { run } = testApi({ sdl, resolvers, modes: ['API_KEY', 'AWS_IAM'] });
  await run('{ one }');
  const began = performance.now();
  let all: number | undefined;
  const large = run(bomb).then((answer) => {
    all = performance.now() - began;
    return answer;
  });
  const times: number[] = [];
  while (all === undefined) {
    const asked = performance.now();
    expect((await run('{ one }')).data).toEqual({ one: 7 });
    times.push(performance.now() - asked);
  }
  const { data } = await large;
  expect(Object.keys(data!)).toHaveLength(bomb.split(': ').length - 1);
  times.sort((a, b) => b - a);
  // The one that waits while the large one's document is read, and one that waits while it is under way.
  return { slowest: times[0]! / all, nearlySlowest: (times[10] ?? Infinity) / all };
}

describe('A simple query is answered in a fraction of the time of a large request that is under way', () => {
  test.each([
    ['10,000 aliases that ask a service', `{ ${aliases(10_000, 'one')} }`],
    ['3,000 aliases', `{ ${aliases(3000, 'item { x }')} }`],
    ['600 lists', `{ ${aliases(600, 'list { x y }')} }`],
    ['3,000 mutations', `mutation { ${aliases(3000, 'add')} }`],
    ['2,000 fields that are refused', `{ ${aliases(2000, 'secret')} }`],
  ])('of %s', async (_, bomb) => {
    const { slowest, nearlySlowest } = await beside(bomb);
    expect(nearlySlowest).toBeLessThan(0.1);
    expect(slowest).toBeLessThan(0.5);
  });

  test('whose document takes long to validate', async () => {
    // Each of them conflicts with each other one.
    const conflicts = Array.from({ length: 4000 }, (_, n) => `list(n: ${n}) { x }`).join(' ');
    const { run } = testApi({ sdl, resolvers });
    let over = false;
    const large = run(`{ ${conflicts} }`).finally(() => (over = true));
    const { data } = await run('{ one }');
    expect(over).toBe(false);
    expect(data).toEqual({ one: 7 });
    expect((await large).data).toBeNull();
  });
});

describe('A request', () => {
  test('has some calls of services under way, not all', async () => {
    let underWay = 0;
    let most = 0;
    const counting: DataSource = {
      ...service,
      execute: async () => {
        most = Math.max(most, ++underWay);
        await nextTurn();
        underWay -= 1;
        return { result: 1 };
      },
    };
    const { run } = testApi({ sdl, resolvers: { 'Query.one': { dataSource: counting } } });
    expect(Object.keys((await run(`{ ${aliases(100, 'one')} }`)).data!)).toHaveLength(100);
    expect(most).toBe(LIMITS.dataSourceCallsAtOnce);
  });

  test('has some invocations of a function under way, not all, where they are batches', async () => {
    let underWay = 0;
    let most = 0;
    const dataSource = new LambdaDataSource('Counting', async (payloads) => {
      most = Math.max(most, ++underWay);
      await nextTurn();
      underWay -= 1;
      return { ok: true, payload: payloads };
    });
    const item = {
      dataSource,
      request: "return { operation: 'BatchInvoke', payload: ctx.source.x };",
      maxBatchSize: 2,
    };
    const list: ResolverText = { response: `return [${Array.from({ length: 100 }, (_, x) => `{ x: ${x} }`).join()}];` };
    const { run } = testApi({ sdl, resolvers: { 'Query.list': list, 'Item.y': item } });
    const { data } = await run('{ list { y } }');
    expect(data).toEqual({ list: Array.from({ length: 100 }, (_, y) => ({ y })) });
    expect(most).toBe(LIMITS.dataSourceCallsAtOnce);
  });

  test('whose services never answer holds nobody else, and ends when its time is up', async () => {
    const hangs: DataSource = { ...service, execute: () => new Promise(() => undefined) };
    const text = { sdl, limits: { requestMs: 300 }, resolvers: { ...resolvers, 'Query.item': { dataSource: hangs } } };
    const { run } = testApi(text);
    let over = false;
    const hanging = run(`{ ${aliases(100, 'item { x }')} }`).finally(() => (over = true));
    expect((await run('{ one }')).data).toEqual({ one: 7 });
    expect(over).toBe(false);
    const { data } = await hanging;
    expect(Object.values(data!)).toEqual(Array.from({ length: 100 }, () => null));
  });
});
