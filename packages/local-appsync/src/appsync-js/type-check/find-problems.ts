import { lintProblems } from './lint-problems';
import type { Problem } from './problem';
import { programOf } from './program';
import { syntaxProblems, typeProblems } from './type-problems';

/**
 * What AppSync finds at deployment in each code, in order of place. As it is reported, not documented, it runs
 * TypeScript over the JavaScript, with its own typings, and the rules of its ESLint plugin.
 * @see https://github.com/aws/aws-appsync-community/issues/334
 * @see https://github.com/aws/aws-appsync-community/issues/325
 */
export function findProblems(codes: readonly string[]): Problem[][] {
  const { program, files } = programOf(codes);
  return files.map((file) => {
    const syntax = syntaxProblems(program, file);
    const problems = syntax.length > 0 ? syntax : [...typeProblems(program, file), ...lintProblems(program, file)];
    return problems.sort((a, b) => a.line - b.line || a.column - b.column);
  });
}
