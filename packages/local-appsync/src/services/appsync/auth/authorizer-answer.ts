import { isRecord } from '../../../shared/is-record';

/** What a Lambda authorizer returned, read. */
export interface AuthorizerAnswer {
  isAuthorized: boolean;
  /** One level deep: strings, numbers, booleans and null. */
  resolverContext: Record<string, unknown>;
  deniedFields: string[];
  /** `ttlOverride` in seconds; undefined leaves it to the API's setting. */
  ttlSeconds: number | undefined;
}

/** A Lambda authorizer returned what AppSync does not take. */
export class AuthorizerAnswerError extends Error {
  override readonly name = 'AuthorizerAnswerError';
}

/**
 * @param answer `{isAuthorized, resolverContext?, deniedFields?, ttlOverride?}`
 * @throws AuthorizerAnswerError when it has another shape: nobody comes in by a mistake.
 */
export function readAnswer(answer: unknown): AuthorizerAnswer {
  if (!isRecord(answer) || typeof answer.isAuthorized !== 'boolean') {
    throw wrong('isAuthorized', 'true or false', isRecord(answer) ? answer.isAuthorized : answer);
  }
  return {
    isAuthorized: answer.isAuthorized,
    resolverContext: flat(answer.resolverContext ?? {}),
    deniedFields: strings(answer.deniedFields ?? []),
    ttlSeconds: seconds(answer.ttlOverride),
  };
}

function flat(context: unknown): Record<string, unknown> {
  if (!isRecord(context)) {
    throw wrong('resolverContext', 'an object', context);
  }
  for (const [key, value] of Object.entries(context)) {
    if (typeof value === 'object' && value !== null) {
      throw wrong(`resolverContext.${key}`, 'a string, a number, a boolean or null (nothing nested)', value);
    }
  }
  return context;
}

function strings(list: unknown): string[] {
  if (!Array.isArray(list)) {
    throw wrong('deniedFields', 'a list of "Type.field" or field ARNs', list);
  }
  return list.map((field: unknown) => {
    if (typeof field !== 'string') {
      throw wrong('deniedFields', 'a list of "Type.field" or field ARNs', list);
    }
    return field;
  });
}

function seconds(ttl: unknown): number | undefined {
  if (ttl === undefined || ttl === null) {
    return undefined;
  }
  if (typeof ttl !== 'number' || !(ttl >= 0)) {
    throw wrong('ttlOverride', 'a number of seconds', ttl);
  }
  return ttl;
}

function wrong(name: string, expected: string, actual: unknown): AuthorizerAnswerError {
  return new AuthorizerAnswerError(
    `The authorizer's ${name} must be ${expected}, not ${JSON.stringify(actual) ?? 'absent'}.`,
  );
}
