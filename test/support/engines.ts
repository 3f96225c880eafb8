import { type EngineName, missingFor } from 'local-appsync/dynamodb';
import { SEMANTICS } from './semantics';

/**
 * The same tests for each engine that runs here; the others are skipped with the reason in their name. In plain
 * JavaScript the first that runs is enough: how resolver code is read and which engine it asks are apart.
 */
export function describeEachEngine(what: string, tests: (engine: EngineName) => void): void {
  const all: EngineName[] = ['dynoxide', 'dynamodb-local'];
  const first = all.find((engine) => missingFor(engine) === undefined);
  for (const engine of SEMANTICS === 'ecmascript' && first ? [first] : all) {
    const reason = missingFor(engine);
    if (reason === undefined) {
      describe(`${what} on ${engine}`, () => tests(engine));
    } else {
      describe.skip(`${what} on ${engine} (skipped: ${reason})`, () => tests(engine));
    }
  }
}
