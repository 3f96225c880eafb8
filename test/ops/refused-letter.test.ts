import { refusedChange } from '../../functions/project/refused';
import { refusedIn } from '../../ops/refused-letter';
import { create, happened } from '../domain/specification';

test('a letter of the projector itself names the event whose change the API refused', () => {
  const [event] = happened([create({ ticketId: 'T' })]);
  expect(refusedIn(refusedChange(event!))).toEqual({ ticketId: { S: 'T' }, version: { N: '1' } });
});

test.each([undefined, '', 'null', '7', '[]', '{}', '{"ticketId":"T"}', '{"ticketId":"","version":1}'])(
  '%s is no such letter',
  (body) => {
    expect(refusedIn(body)).toBeUndefined();
  },
);
