import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import type { Evaluation, HandlerName } from 'local-appsync/appsync-js';
import { CONTEXTS } from './support/contexts';
import { Reading } from './support/modes';

function files(folder: string) {
  return readdirSync(`resolvers/${folder}`).filter((file) => file.endsWith('.ts'));
}

const bundles = [...files('.'), ...files('steps').map((file) => `steps/${file}`)].map((file) => file.slice(0, -3));

const appsync = new Reading('appsync');
const strictest = new Reading('strictest');
const ecmascript = new Reading('ecmascript');

/** What a handler came to, but for ids that it made, and members that are null: GraphQL does not tell them from absent ones. */
function meaning({ outcome, stash, appendedErrors, effects }: Evaluation): unknown {
  return JSON.parse(JSON.stringify({ outcome, stash, appendedErrors, effects }), (_, value: unknown) => {
    if (typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) {
      return 'an id';
    }
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
      : value;
  });
}

describe('each reading of APPSYNC_JS comes to the same', () => {
  test('for every handler that there is', () => {
    const handlers = bundles.flatMap((bundle) => [`${bundle} request`, `${bundle} response`]);
    expect(Object.keys(CONTEXTS).sort()).toEqual(handlers.sort());
  });

  test.each(Object.entries(CONTEXTS))('in %s', (name, contexts) => {
    const [bundle, handler] = name.split(' ') as [string, HandlerName];
    fc.assert(
      fc.property(contexts, (context) => {
        const as = (reading: Reading) => meaning(reading.evaluate(bundle, handler, context));
        const plain = as(ecmascript);
        expect(as(appsync)).toEqual(plain);
        expect(as(strictest)).toEqual(plain);
        expect(plain).not.toMatchObject({ outcome: { error: { errorType: 'Code' } } });
      }),
    );
  });
});

test('no bundle is warned of, when it is loaded or when it runs', () => {
  for (const bundle of bundles) {
    appsync.evaluate(bundle, 'request', {});
    strictest.evaluate(bundle, 'request', {});
  }
  expect([...appsync.warnings, ...strictest.warnings]).toEqual([]);
});
