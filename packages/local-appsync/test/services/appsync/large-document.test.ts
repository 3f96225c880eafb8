import { parse } from 'graphql';
import { appsyncSchema } from '../../../src/services/appsync/execution/schema';
import { findErrors } from '../../../src/services/appsync/execution/validation/find-errors';
import { findErrorsOfLarge } from '../../../src/services/appsync/execution/validation/large-document';

const schema = appsyncSchema(`
  type Query { at(date: AWSDate, n: Int): Item  secret: Int @aws_iam }
  type Item { x: Int }
`);
const tooMuch = [{ path: null, errorType: 'ExecutionTimeout', message: expect.stringContaining('too much') as string }];

/** Each of its fields conflicts with each other one. */
function conflicts(count: number): string {
  return `{ ${Array.from({ length: count }, (_, n) => `at(n: ${n}) { x }`).join(' ')} }`;
}

test.each([
  ['valid', '{ at(date: "2026-01-01") { x } secret }', true],
  ['of an unknown field', '{ at { x y } }', true],
  ["of a scalar's wrong form", '{ at(date: "yesterday") { x } }', true],
  ['of the schema', '{ __schema { queryType { name } } }', true],
  ['of the schema, which is closed', '{ __schema { queryType { name } } }', false],
])('A document %s has the same errors in a thread', async (_, text, introspection) => {
  expect(await findErrorsOfLarge(schema, text, introspection)).toEqual(findErrors(schema, parse(text), introspection));
});

test('A document that takes too long is refused', async () => {
  expect(await findErrorsOfLarge(schema, conflicts(10), true, { ms: 1, megabytes: 256 })).toMatchObject(tooMuch);
});

test('A document that takes too much memory is refused', async () => {
  expect(await findErrorsOfLarge(schema, conflicts(4000), true, { ms: 60_000, megabytes: 32 })).toMatchObject(tooMuch);
});
