import { firstFailure } from '../../../../src/services/lambda/event-source/batch-response';
import { recordsUpTo } from './records';

function failed(...identifiers: unknown[]): unknown {
  return {
    batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
  };
}

describe('an answer under ReportBatchItemFailures means', () => {
  test.each<[string, unknown, number | undefined]>([
    ['success: null', null, undefined],
    ['success: nothing', undefined, undefined],
    ['success: an empty answer', '', undefined],
    ['success: an empty object', {}, undefined],
    ['success: an object that says something else', { done: true }, undefined],
    ['success: a null list', { batchItemFailures: null }, undefined],
    ['success: an empty list', failed(), undefined],
    ['failure from the record named on', failed('2'), 1],
    ['failure from the lowest of those named on', failed('3', '2'), 1],
    ['failure of all: the first record is named', failed('3', '1'), 0],
    ['failure of all: an empty identifier', failed(''), 0],
    ['failure of all: a null identifier', failed(null), 0],
    ['failure of all: an identifier that is not in the batch', failed('2', '9'), 0],
    ['failure of all: a number for an identifier', failed(2), 0],
    ['failure of all: a wrong key', { batchItemFailures: [{ id: '2' }] }, 0],
    ['failure of all: bare identifiers', { batchItemFailures: ['2'] }, 0],
    ['failure of all: a list that is no list', { batchItemFailures: { itemIdentifier: '2' } }, 0],
    ['failure of all: an answer that is no object', 'three records done', 0],
    ['failure of all: an answer that is a list', ['2'], 0],
  ])('%s', (_, response, expected) => {
    expect(firstFailure(response, recordsUpTo(3))).toBe(expected);
  });
});
