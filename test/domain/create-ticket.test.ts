import { create, given } from './specification';

describe('creating a ticket', () => {
  test('records every field, with defaults for those that are absent', () => {
    given()
      .when(create({ title: 'Printer on fire' }))
      .then({
        type: 'TicketCreated',
        data: {
          title: 'Printer on fire',
          description: null,
          status: 'OPEN',
          priority: 'MEDIUM',
          tags: [],
          assignee: null,
          requester: 'alice',
        },
      });
  });

  test('gives the ticket version 1 and the time of the command', () => {
    given()
      .when(create({ at: '2026-05-06T07:08:09.010Z' }))
      .thenTicket({
        id: 'T1',
        version: 1,
        createdAt: '2026-05-06T07:08:09.010Z',
        updatedAt: '2026-05-06T07:08:09.010Z',
      });
  });

  test('trims the title, and trims, lowers, sorts and dedupes the tags', () => {
    given()
      .when(create({ title: '  Printer\n', tags: [' Hot', 'b', 'hot ', 'A'] }))
      .thenTicket({ title: 'Printer', tags: ['a', 'b', 'hot'] });
  });

  test('keeps a description as it is, empty or not', () => {
    given()
      .when(create({ description: '' }))
      .thenTicket({ description: '' });
    given()
      .when(create({ description: ' \u0001 é 👩‍🚒 ' }))
      .thenTicket({ description: ' \u0001 é 👩‍🚒 ' });
  });

  test('is refused if the ticket exists', () => {
    given(create()).when(create()).thenRefused({ type: 'TicketAlreadyExists', info: null });
  });

  test('repeated with the same command id is known', () => {
    given(create({ commandId: 'again' }))
      .when(create({ commandId: 'again' }))
      .thenRepeated(1);
  });
});
