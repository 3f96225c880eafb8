import { failedMessages } from '../../../../src/services/lambda/queue-source/queue-response';

const ids = ['a', 'b', 'c'];
function failures(...itemIdentifiers: unknown[]) {
  return { batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })) };
}

test.each<[string, unknown, string[]]>([
  ['nothing', undefined, []],
  ['null', null, []],
  ['an empty text', '', []],
  ['no list', {}, []],
  ['a list of null', { batchItemFailures: null }, []],
  ['an empty list', failures(), []],
  ['two of its messages', failures('c', 'a'), ['c', 'a']],
  ['an empty id', failures('a', ''), ids],
  ['an id of null', failures(null), ids],
  ['an id under another key', { batchItemFailures: [{ id: 'a' }] }, ids],
  ['an id of another batch', failures('x'), ids],
  ['a list that is none', { batchItemFailures: 'a' }, ids],
  ['a text', 'fine', ids],
])('an answer of %s', (_, answer, failed) => {
  expect(failedMessages(answer, ids)).toEqual(failed);
});
