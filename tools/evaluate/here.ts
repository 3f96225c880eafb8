import {
  type AppSyncJs,
  type HandlerContext,
  type HandlerName,
  InvalidCode,
  type ResolverCode,
} from 'local-appsync/appsync-js';
import { type Evaluated, type Refusal, resultOf } from './compare';

/** What EvaluateCode would say if it ran on this machine. Reads each code once. */
export function localEvaluator(js: AppSyncJs) {
  const known = new Map<string, ResolverCode | Refusal>();
  return (code: string, handler: HandlerName, context: HandlerContext): Evaluated => {
    const loaded = known.get(code) ?? load(js, code);
    known.set(code, loaded);
    return 'refused' in loaded ? loaded : resultOf(loaded.evaluate(handler, context));
  };
}

function load(js: AppSyncJs, code: string): ResolverCode | Refusal {
  try {
    return js.load('', code);
  } catch (error) {
    if (!(error instanceof InvalidCode)) {
      throw error;
    }
    return { refused: error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`) };
  }
}
