import type { RequestContext } from './request-context';
import { type Verdict, verdict } from './verdict';

/** Compares a value with a pattern whose variables take their values from the context. */
export type Pattern = (value: string, context: RequestContext) => Verdict;

export interface PatternOptions {
  /** What a star or a question mark stands for: any characters, itself, or in an ARN's first five parts no colon. */
  wildcards: 'any' | 'none' | 'arn';
  ignoreCase?: boolean;
}

/**
 * A string of a policy: with `*`, `?`, variables such as `${aws:username}` and `${aws:username, 'nobody'}`, and `${*}`,
 * `${?}`, `${$}` for the characters themselves. A variable without a value might be anything: what fits is `unknown`.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function pattern(text: string, options: PatternOptions): Pattern {
  const pieces = piecesOf(text, options.wildcards);
  const compile = (sources: readonly string[]) => new RegExp(`^${sources.join('')}$`, options.ignoreCase ? 'si' : 's');
  if (pieces.every((piece) => typeof piece === 'string')) {
    const expression = compile(pieces);
    return (value) => verdict(expression.test(value));
  }
  return (value, context) => {
    const sources = pieces.map((piece) => (typeof piece === 'string' ? piece : sourceOf(piece, context)));
    if (!compile(sources.map((source) => source ?? '.*')).test(value)) {
      return 'fails';
    }
    return sources.includes(undefined) ? 'unknown' : 'holds';
  };
}

interface Variable {
  key: string;
  /** For requests without the key. */
  otherwise?: string;
}

const TOKEN = /\$\{[^}]*\}|\*+|\?|[^$*?]+|\$/g;
const VARIABLE = /^\$\{([^},]*)(?:, *'([^']*)')?.*\}$/;
/** The colons before the last part of an ARN. */
const ARN_COLONS = 5;

/** Sources of regular expressions, and the variables between them. */
function piecesOf(text: string, wildcards: PatternOptions['wildcards']): (string | Variable)[] {
  let colons = 0;
  return (text.match(TOKEN) ?? []).map((token) => {
    const [, key, otherwise] = VARIABLE.exec(token) ?? [];
    if (key !== undefined && !isWildcard(key) && key !== '$') {
      return { key, otherwise };
    }
    if (isWildcard(token) && wildcards !== 'none') {
      const one = wildcards === 'arn' && colons < ARN_COLONS ? '[^:]' : '.';
      // A run of stars is one star: no needless backtracking.
      return token === '?' ? one : `${one}*`;
    }
    colons += token.split(':').length - 1;
    return literal(key ?? token);
  });
}

function isWildcard(text: string): boolean {
  return /^(\*+|\?)$/.test(text);
}

function sourceOf({ key, otherwise }: Variable, context: RequestContext): string | undefined {
  const value = context.get(key);
  const text = value === null ? otherwise : value;
  return typeof text === 'string' ? literal(text) : undefined;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
