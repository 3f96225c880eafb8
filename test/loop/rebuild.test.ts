import { WebSocket } from 'ws';
import { openDeployment } from '../../ops/deployment';
import { rebuild } from '../../ops/rebuild';
import { verify } from '../../ops/verify';
import { CHANGED, COMMENT, CREATE, post, UPDATE } from '../support/http';
import { Subscriber } from '../support/subscriber';
import { Inside } from '../support/inside';

interface Changed {
  onTicketChanged: { id: string; version: number };
}

test('a rebuild while others write leaves the view right, and nobody hears of anything old', async () => {
  const system = await Inside.start();
  try {
    const run = (query: string, input: object) => post(system.graphqlUrl, query, { input });
    const subscriber = await Subscriber.connect(system, WebSocket);
    const before = await subscriber.start<Changed>(CHANGED);
    const old = Array.from({ length: 30 }, (_, i) => `old${i}`);
    await Promise.all(old.map((id) => run(CREATE, { id, title: id })));
    await before.until(() => before.all.length >= old.length);

    const deployment = openDeployment({ data: system.data });
    const heard = await subscriber.start<Changed>(CHANGED);
    const written: string[] = [];
    let isDone = false;
    const write = async (id: string) => {
      while (!isDone) {
        const { data, errors } = await run(UPDATE, { id, title: `${id} ${written.length}` });
        if (!errors) {
          written.push(`${id}/${data.updateTicket.version}`);
        }
        await run(COMMENT, { id, body: 'x' }).then(({ data }) => written.push(`${id}/${data.addComment.version}`));
      }
    };
    const writers = ['old0', 'old1', 'old2'].map(write);
    for (let round = 0; round < 3; round += 1) {
      expect(await rebuild(deployment)).toMatchObject({ tickets: 30, orphans: 0, unreadable: 0 });
    }
    isDone = true;
    await Promise.all(writers);

    await run(CREATE, { id: 'last', title: 'last' });
    const changes = () => heard.all.map(({ onTicketChanged: { id, version } }) => `${id}/${version}`);
    await heard.until(() => written.every((change) => changes().includes(change)) && changes().includes('last/1'));
    expect(new Set(changes())).toEqual(new Set([...written, 'last/1']));
    expect(await verify(deployment)).toMatchObject({ tickets: 31, differences: 0 });
    subscriber.close();
  } finally {
    await system.stop();
  }
});
