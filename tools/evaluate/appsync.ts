import { type AppSyncClient, EvaluateCodeCommand } from '@aws-sdk/client-appsync';
import type { HandlerContext, HandlerName } from '../../local/realm/realm';
import type { Result } from './compare';

/** Has AppSync evaluate a handler. */
export async function evaluateCode(
  code: string,
  handler: HandlerName,
  context: HandlerContext,
  client: AppSyncClient,
): Promise<Result> {
  const { evaluationResult, error, stash } = await client.send(
    new EvaluateCodeCommand({
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code,
      function: handler,
      context: JSON.stringify(context),
    }),
  );
  return {
    value: error ? undefined : json(evaluationResult),
    error: error ? { message: error.message ?? '' } : undefined,
    stash: json(stash) ?? {},
  };
}

/** A handler that returns nothing gives no text at all. */
function json(text: string | undefined): unknown {
  return text ? (JSON.parse(text) as unknown) : null;
}
