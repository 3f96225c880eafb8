import {
  type HandlerContext,
  type HandlerName,
  InvalidCode,
  type Realm,
  type ResolverCode,
} from '../../packages/local-appsync/src/appsync-js/realm/realm';
import { type Evaluated, type Refusal, resultOf } from './compare';

/** What EvaluateCode would say if it ran on this realm. Reads each code once. */
export function localEvaluator(realm: Realm) {
  const known = new Map<string, ResolverCode | Refusal>();
  return (code: string, handler: HandlerName, context: HandlerContext): Evaluated => {
    const loaded = known.get(code) ?? load(realm, code);
    known.set(code, loaded);
    return 'refused' in loaded ? loaded : resultOf(loaded.evaluate(handler, context));
  };
}

function load(realm: Realm, code: string): ResolverCode | Refusal {
  try {
    return realm.load('', code);
  } catch (error) {
    if (!(error instanceof InvalidCode)) {
      throw error;
    }
    return { refused: error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`) };
  }
}
