import { parse } from 'graphql';
import { knownDocuments } from '../../../src/services/appsync/execution/known-documents';

const document = parse('{ a }');

/** The nth of texts that differ, this long. */
function text(n: number, length = 10) {
  return String(n).padEnd(length, ' ');
}

test('forgets the document that was used longest ago', () => {
  const known = knownDocuments();
  for (let n = 0; n < 500; n++) {
    known.set(text(n), document);
  }
  known.get(text(0));
  known.set(text(500), document);
  expect([0, 1, 2, 500].map((n) => known.has(text(n)))).toEqual([true, false, true, true]);
});

test('keeps no more than a million characters of text', () => {
  const known = knownDocuments();
  for (let n = 0; n <= 100; n++) {
    known.set(text(n, 10_000), document);
  }
  expect([0, 1, 100].map((n) => known.has(text(n, 10_000)))).toEqual([false, true, true]);
});

test('keeps no document of more than 10,000 characters, and forgets no other for it', () => {
  const known = knownDocuments();
  known.set(text(1), document);
  known.set(text(2, 10_001), document);
  expect([...known.keys()]).toEqual([text(1)]);
});
