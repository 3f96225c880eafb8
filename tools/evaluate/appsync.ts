import {
  type AppSyncClient,
  BadRequestException,
  type CodeError,
  EvaluateCodeCommand,
  type EvaluateCodeCommandOutput,
} from '@aws-sdk/client-appsync';
import type { HandlerContext, HandlerName } from 'local-appsync/appsync-js';
import type { Evaluated } from './compare';

/** What EvaluateCode takes, in characters: of code, and of a context as JSON. */
export const MAX_CODE = 32_768;
export const MAX_CONTEXT = 28_000;

/** Has AppSync evaluate a handler. Code that it refuses is an answer, too. */
export async function evaluateCode(
  code: string,
  handler: HandlerName,
  context: HandlerContext,
  client: AppSyncClient,
): Promise<Evaluated> {
  const command = new EvaluateCodeCommand({
    runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
    code,
    function: handler,
    context: JSON.stringify(context),
  });
  try {
    return evaluatedBy(await client.send(command));
  } catch (error) {
    if (!(error instanceof BadRequestException)) {
      throw error;
    }
    return { refused: refusal(error.message, error.detail?.codeErrors) };
  }
}

function evaluatedBy({ evaluationResult, error, stash }: EvaluateCodeCommandOutput): Evaluated {
  if (error?.codeErrors && error.codeErrors.length > 0) {
    return { refused: refusal(error.message, error.codeErrors) };
  }
  return {
    value: error ? undefined : json(evaluationResult),
    error: error ? { message: error.message ?? '' } : undefined,
    stash: json(stash) ?? {},
  };
}

function refusal(message = 'no reason is given', errors: CodeError[] = []): string[] {
  return errors.length === 0 ? [message] : errors.map(codeErrorText);
}

function codeErrorText({ errorType, value, location }: CodeError): string {
  const place = location ? `${location.line}:${location.column} ` : '';
  return `${place}${errorType ?? 'error'}: ${value ?? ''}`;
}

/** A handler that returns nothing gives no text at all. Text that is no JSON stands for itself. */
function json(text: string | undefined): unknown {
  try {
    return text ? (JSON.parse(text) as unknown) : null;
  } catch {
    return text;
  }
}
