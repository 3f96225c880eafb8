import { StartError } from '../../shared/start-error';
import { parseModule } from './factory';
import { contextWrites } from './validate/context-writes';
import { functionValues } from './validate/functions';
import { globals } from './validate/globals';
import { imports } from './validate/imports';
import { methods } from './validate/methods';
import type { CodeProblem } from './validate/problem';
import { recursion } from './validate/recursion';
import { readSource, type Rule, type Source } from './validate/source';
import { syntax } from './validate/syntax';

export type { CodeProblem } from './validate/problem';

/** AppSync's quota for the code of a resolver or function. */
const MAX_CHARACTERS = 32_768;

const RULES: readonly Rule[] = [syntax, globals, methods, functionValues, recursion, imports, contextWrites];

/** Code that AppSync would refuse to deploy. */
export class InvalidCode extends StartError {
  override readonly name = 'InvalidCode';

  /** @param code the name of the resolver or function */
  constructor(
    readonly code: string,
    readonly problems: readonly CodeProblem[],
  ) {
    const lines = problems.map(({ line, column, message }) => `  code.js:${line}:${column}: ${message}`);
    super(`AppSync would refuse the code of ${code}; change these places:\n${lines.join('\n')}`);
  }
}

function sizeProblems(code: string): CodeProblem[] {
  return code.length <= MAX_CHARACTERS
    ? []
    : [{ message: `the code has ${code.length} characters; AppSync takes ${MAX_CHARACTERS}`, line: 1, column: 1 }];
}

/** What acorn throws. */
function isParseError(error: unknown): error is SyntaxError & { loc: { line: number; column: number } } {
  return error instanceof SyntaxError && 'loc' in error;
}

/** The code, or what keeps it from being read. */
export function readCode(code: string): Source | CodeProblem {
  try {
    return readSource(code, parseModule(code));
  } catch (error) {
    if (!isParseError(error)) {
      throw error;
    }
    const { line, column } = error.loc;
    return { message: `not an ES module: ${error.message}`, line, column: column + 1 };
  }
}

/**
 * What AppSync would refuse in the code of an APPSYNC_JS 1.0.0 resolver or function, in order of place;
 * nothing means it may be deployed. Stricter than AWS where AWS is not known.
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/supported-features.html
 */
export function validateCode(code: string): CodeProblem[] {
  const source = readCode(code);
  return 'program' in source ? validate(source) : [...sizeProblems(code), source];
}

/** @param more rules of quirks that are taken for true */
export function validate(source: Source, more: readonly Rule[] = []): CodeProblem[] {
  const problems = [...sizeProblems(source.code), ...[...RULES, ...more].flatMap((rule) => rule(source))];
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}
