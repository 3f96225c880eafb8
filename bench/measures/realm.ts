import { createContext, Script } from 'node:vm';
import { bundleResolver } from '../../infra/resolver-code';
import { AppSyncJs, type HandlerContext } from 'local-appsync/appsync-js';
import { interleave, type Measured } from '../rounds';

const CALLS = 20_000;
const FRESH_CALLS = 200;

const context: HandlerContext = {
  arguments: { change: { id: 'T1', version: 3, title: 'Printer on fire', tags: ['hardware'] } },
  identity: { username: 'AROA:f', userArn: 'arn:aws:sts::123456789012:assumed-role/projector/f' },
  source: null,
  request: { headers: { host: 'localhost', 'content-type': 'application/json' }, domainName: null },
  info: {
    ...{ fieldName: 'f', parentTypeName: 'Query', variables: {} },
    ...{ selectionSetList: ['id'], selectionSetGraphQL: '{ id }' },
  },
  stash: {},
  prev: null,
  env: { PROJECTOR_ROLE: 'projector' },
  result: { id: 'T1', version: 3, title: 'Printer on fire', status: 'OPEN' },
};

/** The handlers of `Mutation.publishTicketChange`, without what AppSync adds. */
const plain = {
  request: (ctx: HandlerContext) => ({ payload: ctx.arguments.change }),
  response: (ctx: HandlerContext) => ctx.result,
};
const script = new Script(`({ request: ${String(plain.request)}, response: ${String(plain.response)} })`);

const code = new AppSyncJs().load('Mutation.publishTicketChange', bundleResolver('Mutation.publishTicketChange'));

export function inRealm(): void {
  code.evaluate('request', context);
  code.evaluate('response', context);
}

function inFreshContext(): void {
  for (const handler of ['request', 'response'] as const) {
    const handlers = script.runInContext(createContext({})) as typeof plain;
    JSON.stringify(handlers[handler](JSON.parse(JSON.stringify(context)) as HandlerContext));
  }
}

/** What V8 must not see through. */
let kept: unknown;

function called(): void {
  kept = plain.request(context);
  kept = plain.response(context);
}

/**
 * One request and one response handler of a real resolver, in µs: in the realm, with copies of the context and of what
 * the handlers answer; called as plain functions, without any; in a `vm` context of its own each, without helpers.
 */
export async function realm(): Promise<Measured> {
  const timed = (calls: number, call: () => void) => () => {
    const began = performance.now();
    for (let i = 0; i < calls; i += 1) {
      call();
    }
    return Promise.resolve(((performance.now() - began) * 1000) / calls);
  };
  const spreads = await interleave(9, {
    subject: timed(CALLS, inRealm),
    floor: timed(CALLS, called),
    peer: timed(FRESH_CALLS, inFreshContext),
  });
  if (kept === undefined) {
    throw new Error('Nothing was called.');
  }
  return {
    ...spreads,
    name: 'request and response handler',
    ...{ unit: 'µs', better: 'less', goal: '≤ 25 µs over plain calls', isAbsolute: true },
    met: spreads.subject.median - spreads.floor!.median <= 25,
  };
}
