import type { Problem } from '../../../src/appsync-js/type-check/problem';
import { RefusedCode } from '../../../src/appsync-js/type-check/refused-code';

const problem: Problem = { line: 2, column: 10, rule: 'TS2551', message: 'No such method.' };

function messageOf(code: string, ...problems: Problem[]) {
  return new RefusedCode([{ name: 'Query.a', code, problems }]).message;
}

test('refused code is told with its place, its rule, the line itself, and what to do', () => {
  expect(messageOf('export function request() {\n  return util.autoIdd();\n}', problem)).toBe(
    `AppSync would refuse the code of Query.a; change these places:
  code.js:2:10: TS2551: No such method.
    | return util.autoIdd();
AppSync checks types and lints when code is deployed. To run the code all the same, start with --no-type-check.`,
  );
});

test('of bundled code the source is told', () => {
  const code = '// resolvers/a.ts\nreturn 1;\n// resolvers/shared/b.ts\nreturn 2;';
  expect(messageOf(code, problem)).toContain('| return 1;  (resolvers/a.ts)\n');
  expect(messageOf(code, { ...problem, line: 4 })).toContain('| return 2;  (resolvers/shared/b.ts)\n');
});

test('of a long line the place is shown', () => {
  const code = `\n${'a'.repeat(5000)}here${'b'.repeat(5000)}`;
  const message = messageOf(code, { ...problem, column: 5001 });
  expect(message).toContain('here');
  expect(message.length).toBeLessThan(500);
});

test('the lines of an explanation are set under it', () => {
  expect(messageOf('', { ...problem, message: 'This.\n  As that.' })).toContain('TS2551: This.\n      As that.\n');
});
