import fc from 'fast-check';
import { addressed, readRoute, writeRoute } from '../../web/src/link';
import { placeAfter } from '../../web/src/list/keys';
import { brokenBy, troubleOf } from '../../web/src/words';

test('a link leads to what it was made of', () => {
  const text = fc.string({ minLength: 1, maxLength: 40 });
  const route = fc.record({
    user: fc.option(text),
    ticket: fc.option(text),
    filter: fc.record(
      { status: fc.constantFrom('OPEN' as const), assignee: text, titleContains: text },
      { requiredKeys: [] },
    ),
    order: fc.constantFrom('ASC' as const, 'DESC' as const),
  });
  fc.assert(fc.property(route, (route) => expect(readRoute(writeRoute(route))).toEqual({ ...route, ignored: [] })));
});

test('what a link asks for and nobody knows is ignored, and named', () => {
  const route = readRoute('#status=NOPE&updatedSince=yesterday&assignee=bob');
  expect(route).toMatchObject({ filter: { assignee: 'bob' }, ignored: ['status=NOPE', 'updatedSince=yesterday'] });
});

test('a link stays as it is, even what is ignored of it, when it gets a person', () => {
  expect(addressed('#status=NOPE&user=ann', 'bob')).toBe('#status=NOPE&user=bob');
});

test.each([
  ['ArrowDown', 3, 4],
  ['ArrowUp', 0, 0],
  ['PageDown', 3, 8],
  ['End', 3, 9],
  ['Home', 3, 0],
  ['Enter', 3, null],
])('%s leads from row %i to %p', (key, place, next) => {
  expect(placeAfter(key, place, 10, 5)).toBe(next);
});

test('what breaks a rule is named at its field, in words of the form', () => {
  const base = { id: 'T' };
  expect(brokenBy({ type: 'UpdateTicket', input: { ...base, title: ' ' }, base: {} as never })).toMatchObject({
    field: 'title',
  });
  const tags = Array.from({ length: 21 }, (_, i) => `tag${i}`);
  expect(brokenBy({ type: 'UpdateTicket', input: { ...base, addTags: tags }, base: {} as never })).toEqual({
    field: 'tags',
    words: 'Use at most 20 tags of at most 40 characters each.',
  });
  expect(brokenBy({ type: 'CreateTicket', input: { title: 'Fine', tags: ['a'] } })).toBeNull();
});

test('no error of the server is shown as it came', () => {
  const info = { field: 'addTags', from: 'CLOSED', to: 'RESOLVED' };
  for (const type of ['ValidationError', 'InvalidTransition', 'TicketNotFound', 'Unauthorized', 'Lambda:Unhandled']) {
    expect(troubleOf({ type, info }).words).not.toMatch(/addTags|CLOSED|Lambda/);
  }
});
