import { eventually, expect } from './expect';
import type { Report } from './report';
import { changedTo, heardOf, type Story, versionsOf } from './story';

/**
 * Takes a ticket through the whole loop: command, event, view, push. On the way it looks at what is reported of AppSync,
 * and shows on a deployed API alone. It leaves two closed tickets. Throws Failed or Refused.
 */
export async function loop(story: Story, report: Report): Promise<void> {
  const [id, other] = [story.newId(), story.newId()];
  const everything = await story.listen({ id: null, status: null, assignee: null, requester: null });
  const its = await story.listen({ id });
  const others = await story.listen({ id: other });
  report.done('subscriptions are acknowledged');

  await report.settle('D1, P3', 'the resolvers were deployed, and a pipeline begins without a value', async () => {
    const version = await story.command('createTicket', { id, title: `Smoke test ${id}`, description: 'Smoke' });
    expect('the version of a new ticket', version, 1);
    return 'a ticket is created';
  });

  await report.settle('A2', 'a variable that is declared and not sent leaves its field as it is', async () => {
    expect('the next version', await story.updateWithoutDescription(id, `Updated ${id}`), 2);
    const ticket = await story.ticket(id, { version: 2 });
    expect('title and description', [ticket?.title, ticket?.description], [`Updated ${id}`, 'Smoke']);
    return `the description is still ${JSON.stringify(ticket?.description)}`;
  });

  expect('the next version', await story.command('updateTicket', { id, clear: ['DESCRIPTION'] }), 3);
  expect('a cleared description', (await story.ticket(id, { version: 3 }))?.description, null);
  report.done('its description is cleared');

  await report.settle('N2', 'an update that expects the right version is accepted', async () => {
    const version = await story.command('updateTicket', { id, description: 'More smoke', expectedVersion: 3 });
    expect('the next version', version, 4);
    return `it came to version ${version}`;
  });

  for (const [body, version] of [
    ['Still smoke', 5],
    ['Less smoke', 6],
  ] as const) {
    expect('the version of a comment', await story.command('addComment', { id, body }), version);
  }
  report.done('it is commented on, twice');

  await eventually('the view', async () => (await story.ticket(id))?.version, 6);
  report.done('the view shows it');
  await eventually('the pushes', () => heardOf(its, id), [1, 2, 3, 4, 5, 6]);
  report.done('each change is pushed');

  await report.settle('N1', 'the comments of a ticket as of an old version have none of later', async () => {
    const commentsAt = async (version: number) => versionsOf((await story.ticket(id, { version }))!.comments.items);
    const comments = await Promise.all([4, 5, 6].map(commentsAt));
    expect('those of versions 4, 5 and 6', comments, [[], [5], [5, 6]]);
    return 'at version 5 there is one of two';
  });

  await report.settle('N1', 'a stale update is refused with the version as a number', async () => {
    const refusal = await story.refusal('updateTicket', { id, title: 'Stale', expectedVersion: 1 });
    expect(
      'errorType and errorInfo',
      [refusal.errorType, refusal.errorInfo],
      ['VersionConflict', { currentVersion: 6 }],
    );
    expect('the message names the version', /at version (\S+)/.exec(refusal.message)?.[1], '6');
    return refusal.message;
  });

  await report.settle('N1, N2', 'numbers of DynamoDB go into get, put and between again', async () => {
    expect('the events after version 4', versionsOf((await story.events(id, { afterVersion: 4 }))!.items), [5, 6]);
    const first = (await story.ticket(id, { limit: 1 }))!.comments;
    const second = (await story.ticket(id, { limit: 1, nextToken: first.nextToken }))!.comments;
    expect('two pages of comments', versionsOf([...first.items, ...second.items]), [5, 6]);
    const { items } = await story.list({ titleContains: id });
    expect('the list with its description', items, [{ id, description: 'More smoke' }]);
    return 'pages and descriptions are those that belong there';
  });

  await report.settle('J1', 'the values of a change are JSON text', async () => {
    const { items, nextToken } = (await story.events(id, { limit: 2 }))!;
    expect('the status, in the log', changedTo(items[0]!, 'status'), '"OPEN"');
    expect(
      'the status, as pushed',
      changedTo(
        its.find(({ version }) => version === 1)!,
        'status',
      ),
      '"OPEN"',
    );
    expect('the second page', versionsOf((await story.events(id, { limit: 2, nextToken }))!.items), [3, 4]);
    return 'a status is "OPEN" with its quotation marks, in the log and as pushed';
  });

  await report.settle('P1, P3', 'what is not there is null', async () => {
    const nobody = story.newId();
    const found = [
      await story.ticket(nobody),
      await story.events(nobody),
      await story.events(nobody, { afterVersion: 9 }),
    ];
    expect('ticket and ticketEvents', found, [null, null, null]);
    return 'ticket and ticketEvents, without an error';
  });

  await report.settle('B2', 'a create that comes twice is one, and another of the same id is refused', async () => {
    const create = { id: other, title: 'Smoke test, the other', commandId: `${other}-1` };
    expect('the first answer', await story.command('createTicket', create), 1);
    expect('the answer to the same command', await story.command('createTicket', create), 1);
    const refusal = await story.refusal('createTicket', { ...create, commandId: `${other}-2` });
    expect('the answer to another command', refusal.errorType, 'TicketAlreadyExists');
    const update = { id: other, title: 'Smoke test, twice at once', commandId: `${other}-3` };
    const atOnce = [1, 2].map(() => story.command('updateTicket', update));
    expect('the answers to one update twice at once', await Promise.all(atOnce), [2, 2]);
    return 'the first answer again, and TicketAlreadyExists';
  });

  expect('the version of the end', await story.command('updateTicket', { id, status: 'CLOSED' }), 7);
  expect('the version of the other end', await story.command('updateTicket', { id: other, status: 'CLOSED' }), 3);
  report.done('both are closed');

  await report.settle('S1', 'a subscription whose arguments are null hears of all', async () => {
    await eventually('the pushes of one', () => heardOf(everything, id), [1, 2, 3, 4, 5, 6, 7]);
    await eventually('the pushes of the other', () => heardOf(everything, other), [1, 2, 3]);
    return 'it heard of both tickets';
  });

  await report.settle('S2', 'a subscription to one ticket hears of that one alone', async () => {
    await eventually('the pushes of the other', () => heardOf(others, other), [1, 2, 3]);
    expect('what it heard of the first', heardOf(others, id), []);
    return 'it heard of its own';
  });
}
