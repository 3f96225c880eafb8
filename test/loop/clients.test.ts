import { amplifyClient, apolloClient } from '../support/clients';
import { CHANGED, CREATE, TICKET, UPDATE } from '../support/http';
import { eventually } from '../support/eventually';
import { Heard } from '../support/subscriber';
import { RunningSystem } from '../support/system';

interface Changed {
  onTicketChanged: { id: string; version: number; type: string; ticket: { title: string } };
}

describe.each([
  ['Amplify 6', amplifyClient],
  ['Apollo Client 4 with the AppSync link 4', apolloClient],
])('%s', (_, connect) => {
  let system: RunningSystem;
  beforeAll(async () => (system = await RunningSystem.start()));
  afterAll(() => system.stop());

  test('queries, mutates and hears each change of the ticket that it asked for', async () => {
    const client = connect(system.graphqlUrl);
    const { createTicket } = await client.run<{ createTicket: { id: string } }>(CREATE, { input: { title: 'Mine' } });
    const { createTicket: other } = await client.run<{ createTicket: { id: string } }>(CREATE, {
      input: { title: 'Not mine' },
    });
    const view = await eventually(
      () => client.run<{ ticket: { title: string } | null }>(TICKET, { id: createTicket.id }),
      ({ ticket }) => ticket !== null,
    );
    expect(view.ticket).toMatchObject({ title: 'Mine' });

    const heard = new Heard<Changed>();
    const stop = await client.subscribe<Changed>(CHANGED, { id: createTicket.id }, (data) => heard.add(data));
    await client.run(UPDATE, { input: { id: other.id, title: 'Still not mine' } });
    await client.run(UPDATE, { input: { id: createTicket.id, title: 'Two' } });
    await client.run(UPDATE, { input: { id: createTicket.id, title: 'Three' } });
    const changes = await heard.until(({ onTicketChanged }) => onTicketChanged.version === 3);
    stop();
    // The push of version 1 may still have been under way when the subscription began.
    const news = changes.map(({ onTicketChanged }) => onTicketChanged).filter(({ version }) => version > 1);
    expect(news.map(({ id, version, ticket }) => [id, version, ticket.title])).toEqual([
      [createTicket.id, 2, 'Two'],
      [createTicket.id, 3, 'Three'],
    ]);
  });
});
