/**
 * What the realm costs: one request and one response handler of a real resolver in it, over the same handlers called as
 * plain functions with the same JSON copies. Both in turn, several rounds; and the heap over many calls.
 *
 *   npm run bench:realm
 */
import { bundleResolver } from '../infra/resolver-code';
import { Realm, type HandlerContext } from '../local/realm/realm';

const ROUNDS = 9;
const CALLS = 20_000;
const LONG_RUN = 1_000_000;

const context: HandlerContext = {
  arguments: { input: { id: 'T1', title: 'Printer on fire', tags: ['hardware'] } },
  identity: { username: 'AROA:f', userArn: 'arn:aws:sts::123456789012:assumed-role/projector/f' },
  source: null,
  request: { headers: { host: 'localhost', 'content-type': 'application/json' }, domainName: null },
  info: {
    fieldName: 'f',
    parentTypeName: 'Query',
    variables: {},
    selectionSetList: ['id'],
    selectionSetGraphQL: '{ id }',
  },
  stash: {},
  prev: null,
  env: { PROJECTOR_ROLE: 'projector' },
  result: { id: 'T1', version: 3, title: 'Printer on fire', status: 'OPEN' },
};

const realm = new Realm().load('Mutation.publishTicketChange', bundleResolver('Mutation.publishTicketChange'));
const plain = {
  request: (ctx: HandlerContext) => ({ payload: ctx.arguments.change }),
  response: (ctx: HandlerContext) => ctx.result,
};

function inRealm(): void {
  realm.evaluate('request', context);
  realm.evaluate('response', context);
}

/** The copies that a border costs whatever is behind it: the context in, the value and the stash out. */
function asFunctions(): void {
  for (const handler of [plain.request, plain.response]) {
    const ctx = JSON.parse(JSON.stringify(context)) as HandlerContext;
    const value = handler(ctx);
    JSON.parse(JSON.stringify({ value: value ?? null, stash: ctx.stash, errors: [], effects: {} }));
  }
}

function microseconds(call: () => void): number {
  const began = process.hrtime.bigint();
  for (let i = 0; i < CALLS; i += 1) {
    call();
  }
  return Number(process.hrtime.bigint() - began) / 1000 / CALLS;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const rounds = Array.from({ length: ROUNDS }, () => ({
  floor: microseconds(asFunctions),
  realm: microseconds(inRealm),
}));
const over = rounds.map((round) => round.realm - round.floor);
const ratios = rounds.map((round) => round.realm / round.floor);
console.log(`request + response, median of ${ROUNDS} rounds of ${CALLS}`);
console.log(`plain, with the same copies  ${median(rounds.map(({ floor }) => floor)).toFixed(1)} µs`);
console.log(`in the realm                 ${median(rounds.map((round) => round.realm)).toFixed(1)} µs`);
console.log(
  `over plain                   ${median(over).toFixed(1)} µs (${Math.min(...over).toFixed(1)} to ${Math.max(...over).toFixed(1)}), × ${median(ratios).toFixed(2)}`,
);

const heap = () => {
  globalThis.gc?.();
  return (process.memoryUsage().heapUsed / 1e6).toFixed(1);
};
const before = heap();
for (let i = 0; i < LONG_RUN / 2; i += 1) {
  inRealm();
}
console.log(`heap over ${LONG_RUN} evaluations    ${before} → ${heap()} MB`);
