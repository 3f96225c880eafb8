import { execFile } from 'node:child_process';
import { COMMENT, CREATE, post } from '../support/http';
import { Inside } from '../support/inside';

const ROUNDS = Number(process.env.ROUNDS ?? 10);
const AT_ONCE = 10;
const SAID = 'query ($id: ID!) { ticketEvents(id: $id) { items { version comment } } }';

/** Sends a comment until it is stored, with the same command id. Answers how often it was refused. */
async function send(system: Inside, id: string, body: string): Promise<number> {
  for (let refusals = 0; ; refusals += 1) {
    const { errors } = await post(system.graphqlUrl, COMMENT, { input: { id, body, commandId: `${id} ${body}` } });
    if (!errors) {
      return refusals;
    }
    expect(errors).toEqual([expect.objectContaining({ errorType: 'VersionConflict' })]);
  }
}

describe(`${AT_ONCE} comments at once on a ticket`, () => {
  let system: Inside;
  beforeAll(async () => (system = await Inside.start()));
  afterAll(() => system?.stop());

  test(`are each stored once in ${ROUNDS} of ${ROUNDS} rounds, and few have to be sent again`, async () => {
    const bodies = Array.from({ length: AT_ONCE }, (_, i) => `Comment ${i}`);
    let refusals = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { data } = await post(system.graphqlUrl, CREATE, { input: { title: 'All at once' } });
      const { id } = data.createTicket;
      for (const refused of await Promise.all(bodies.map((body) => send(system, id, body)))) {
        refusals += refused;
      }
      const events = (await post(system.graphqlUrl, SAID, { id })).data.ticketEvents!.items;
      expect(events.slice(1).map(({ comment }) => comment)).toEqual(expect.arrayContaining(bodies));
      expect(events).toHaveLength(1 + AT_ONCE);
    }
    // Where AppSync keeps the event that was faster to itself, each lost race takes two of a command's ten calls.
    console.info(`${refusals} of ${ROUNDS * AT_ONCE} were sent again`);
    expect(refusals).toBeLessThan(ROUNDS * AT_ONCE * 0.5);
  });

  test('so does the example: it says the version, or what was wrong', async () => {
    const { data } = await post(system.graphqlUrl, CREATE, { input: { title: 'Said by a program' } });
    const { id } = data.createTicket;
    expect(await example(id, 'Hello', system.graphqlUrl)).toEqual({ code: 0, said: 'Stored as version 2.\n' });
    const { code, said } = await example('nobody', 'Hello', system.graphqlUrl);
    expect(code).toBe(1);
    expect(said).toContain('nobody');
  });
});

function example(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) =>
    execFile(process.execPath, ['examples/comment.mjs', ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    ),
  );
}
