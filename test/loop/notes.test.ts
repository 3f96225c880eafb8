import fc from 'fast-check';
import { buildSchema, getNamedType, type GraphQLObjectType, isObjectType } from 'graphql';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import type { Connection, Listener } from '../../client/connection';
import { followTicket, type TicketNews } from '../../client/follow-ticket';
import { type FollowedTicket, followTickets } from '../../client/follow-tickets';
import type { Ticket, TicketChange } from '../../generated/schema';
import { type Answer, type Answers, COMMENT, CREATE, post, UPDATE } from '../support/http';
import { eventually } from '../support/eventually';
import { bearer, type Proof } from '../support/credentials';
import { Inside } from '../support/inside';
import { Heard, Subscriber } from '../support/subscriber';

const schema = buildSchema(
  readFileSync('tools/appsync-directives.graphql', 'utf8') + readFileSync('schema.graphql', 'utf8'),
);

/** Selects every field of a type, also those that are added later. Fields with arguments are left out, unless `pages` has them. */
function whole(type: string, pages: Record<string, string>): string {
  const fields = Object.values((schema.getType(type) as GraphQLObjectType).getFields());
  return fields
    .filter(({ name, args }) => args.length === 0 || name in pages)
    .map(({ name, type: of }) => {
      const inner = getNamedType(of);
      return `${name}${pages[name] ?? ''}${isObjectType(inner) ? ` { ${whole(inner.name, pages)} }` : ''}`;
    })
    .join(' ');
}

const PAGES = { comments: '(limit: $limit, nextToken: $comments)', events: '(limit: $limit, nextToken: $events)' };
const WHOLE = `query ($id: ID!, $version: Int, $limit: Int, $comments: String, $events: String) {
  ticket(id: $id, version: $version) { ${whole('Ticket', PAGES)} }
}`;
const LIST = `query ($filter: TicketFilter) { tickets(filter: $filter, limit: 100) { ${whole('TicketPage', {})} } }`;
const EVENTS = `query ($id: ID!, $afterVersion: Int, $limit: Int, $nextToken: String) {
  ticketEvents(id: $id, afterVersion: $afterVersion, limit: $limit, nextToken: $nextToken) { ${whole('TicketEventPage', {})} }
}`;
const CHANGES = `subscription ($id: ID) { onTicketChanged(id: $id) { ${whole('TicketChange', {})} } }`;

/** What an agent says that no requester may read. */
const SECRET = 'psst';

type Step =
  | { by: 'agent' | 'requester'; comment: string; visibility?: 'INTERNAL' | 'PUBLIC' | null }
  | { by: 'agent' | 'requester'; title: string; reason: string | null };

const word = fc.constantFrom('a', 'b', 'c');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: word.map((it): Step => ({ by: 'agent', comment: `${SECRET} ${it}`, visibility: 'INTERNAL' })),
  },
  fc.record({
    by: fc.constantFrom('agent', 'requester'),
    comment: word,
    visibility: fc.constantFrom('PUBLIC', null, undefined),
  }),
  fc.record({ by: fc.constant('requester'), comment: word, visibility: fc.constant('INTERNAL') }),
  {
    weight: 2,
    arbitrary: word.map((title): Step => ({ by: 'agent', title, reason: `${SECRET} ${title}` })),
  },
  fc.record({
    by: fc.constant('requester'),
    title: word,
    reason: fc.constantFrom(null, 'mine'),
  }),
);

interface Changed {
  onTicketChanged: TicketChange;
}

describe('what is internal', () => {
  let system: Inside;
  let asked: Record<'agent' | 'requester', (query: string, variables: object) => Promise<Answer<Answers>>>;
  const stops: (() => void)[] = [];
  let proofs: Record<'agent' | 'requester', Proof>;
  let heardBy: Record<'agent' | 'requester', Subscriber>;

  beforeAll(async () => {
    system = await Inside.start();
    const [bob, alice] = await Promise.all([
      system.app.token({ user: 'bob', groups: ['agents'] }),
      system.app.token({ user: 'alice' }),
    ]);
    const as = (authorization: string) => (query: string, variables: object) =>
      post(system.graphqlUrl, query, { ...variables }, { authorization });
    asked = { agent: as(bob), requester: as(alice) };
    proofs = { agent: bearer(bob), requester: bearer(alice) };
    heardBy = {
      agent: await Subscriber.connect(system, WebSocket, proofs.agent),
      requester: await Subscriber.connect(system, WebSocket, proofs.requester),
    };
  });
  // Also after a failure: who follows tries again for ever.
  afterEach(() => stops.splice(0).forEach((stop) => stop()));
  afterAll(async () => {
    Object.values(heardBy).forEach((socket) => socket.close());
    await system.stop();
  });

  /** Everything that somebody is told of a ticket, whatever they ask: answers as text. */
  const everything = async (by: 'agent' | 'requester', id: string, versions: number, limit: number) => {
    const answers: Answer<Answers>[] = [
      await asked[by](LIST, { filter: { titleContains: '' } }),
      await asked[by](LIST, {}),
    ];
    const tickets: Ticket[] = [];
    for (const version of [null, ...Array.from({ length: versions }, (_, i) => i + 1)]) {
      for (const paged of ['comments', 'events'] as const) {
        let nextToken: string | null | undefined;
        do {
          const answer = await asked[by](WHOLE, { id, version, limit, [paged]: nextToken });
          answers.push(answer);
          tickets.push(answer.data.ticket!);
          ({ nextToken } = answer.data.ticket![paged]);
        } while (nextToken);
      }
    }
    const seen: number[] = [];
    let nextToken: string | null | undefined;
    do {
      const answer = await asked[by](EVENTS, { id, limit, nextToken });
      answers.push(answer);
      seen.push(...answer.data.ticketEvents!.items.map(({ version }) => version));
      nextToken = answer.data.ticketEvents!.nextToken;
    } while (nextToken);
    answers.push(await asked[by](EVENTS, { id, afterVersion: versions - 1 }));
    return { text: JSON.stringify(answers), tickets, seen };
  };

  const heard = async (changes: Heard<Changed>, version: number) => {
    const all = await changes.until(({ onTicketChanged }) => onTicketChanged.version === version);
    return all.map(({ onTicketChanged }) => onTicketChanged);
  };

  test('is told to agents, and to requesters not a byte of it, nor a count, in whatever history and by whatever way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1, 2, 20),
        async (steps, limit) => {
          const id = randomUUID();
          const told: Answer<Answers>[] = [];
          const ask = async (by: 'agent' | 'requester', document: string, input: object) => {
            const answer = await asked[by](document, { input: { id, ...input } });
            if (by === 'requester') {
              told.push(answer);
            }
            return answer;
          };
          const agentHears = await heardBy.agent.start<Changed>(CHANGES, { id });
          const requesterHears = await heardBy.requester.start<Changed>(CHANGES, { id });
          await ask('requester', CREATE, { title: 'Printer on fire' });
          let version = 1;
          let [notes, comments] = [0, 0];
          const secrets: string[] = [];
          for (const each of steps) {
            const commandId = randomUUID();
            const isNote = 'comment' in each && each.visibility === 'INTERNAL';
            const answer =
              'comment' in each
                ? await ask(each.by, COMMENT, { body: each.comment, visibility: each.visibility, commandId })
                : await ask(each.by, UPDATE, { title: `${each.title} ${version}`, reason: each.reason, commandId });
            if (isNote && each.by === 'requester') {
              expect(answer.errors).toEqual([expect.objectContaining({ errorType: 'Unauthorized' })]);
              continue;
            }
            expect(answer.errors).toBeUndefined();
            version += 1;
            notes += isNote ? 1 : 0;
            comments += 'comment' in each && !isNote ? 1 : 0;
            secrets.push(
              ...(('comment' in each ? [each.comment] : [each.reason]).filter((text) =>
                text?.startsWith(SECRET),
              ) as string[]),
            );
            // Somebody who has got hold of a command's id learns no more by it.
            const guess = await ask('requester', COMMENT, { body: 'guess', commandId });
            expect(guess.errors).toEqual([expect.objectContaining({ errorType: 'CommandIdReused' })]);
          }
          await eventually(
            async () => (await asked.agent(WHOLE, { id })).data.ticket?.version,
            (shown) => shown === version,
          );
          const [agent, requester] = [
            await everything('agent', id, version, limit),
            await everything('requester', id, version, limit),
          ];
          const contiguous = Array.from({ length: version }, (_, i) => i + 1);
          expect(agent.seen).toEqual(contiguous);
          expect(requester.seen).toEqual(contiguous);
          const versions = (changes: TicketChange[]) => changes.map((change) => change.version);
          const [toAgent, toRequester] = [await heard(agentHears, version), await heard(requesterHears, version)];
          expect(versions(toAgent)).toEqual(contiguous);
          expect(versions(toRequester)).toEqual(contiguous);

          secrets.forEach((secret) => expect(agent.text).toContain(secret));
          const toldRequester = `${requester.text} ${JSON.stringify([told, toRequester])}`;
          expect(toldRequester).not.toContain(SECRET);
          expect(toldRequester).not.toMatch(/INTERNAL|TicketNoted|"noteCount":[0-9]/);
          expect(JSON.stringify(toAgent)).not.toMatch(/"noteCount":[0-9]/);
          const newest = (tickets: Ticket[]) => tickets.find((ticket) => ticket.version === version)!;
          expect(newest(agent.tickets)).toMatchObject({ commentCount: comments, noteCount: notes });
          expect(newest(requester.tickets)).toMatchObject({ commentCount: comments, noteCount: null });
        },
      ),
      { numRuns: 20 },
    );
  });

  test('leaves no gap: who follows a ticket or all of them, in either role, hears of everything in order, over breaks', async () => {
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) {
      await asked.requester(CREATE, { input: { id, title: 'Printer on fire' } });
    }
    const followers = (['agent', 'requester'] as const).map((by) => {
      const connection = new CuttableConnection(system, asked[by], proofs[by]);
      const heard = new Heard<{ news?: TicketNews; listed?: FollowedTicket }>();
      const wait = () => 10;
      stops.push(
        followTicket(connection, { id: ids[0]!, afterVersion: 0, next: (news) => heard.add({ news }), wait }),
        followTickets(connection, { since: null, fields: '', next: (listed) => heard.add({ listed }), wait }),
      );
      return { by, connection, heard };
    });
    const written = [1, 1];
    for (let i = 0; i < 30; i += 1) {
      const ticket = i % 2;
      const input =
        i % 3 === 2
          ? [UPDATE, { id: ids[ticket], title: `Title ${i}`, reason: SECRET }]
          : [COMMENT, { id: ids[ticket], body: SECRET, visibility: i % 3 === 1 ? 'INTERNAL' : 'PUBLIC' }];
      const { errors } = await asked.agent(input[0] as string, { input: input[1] });
      expect(errors).toBeUndefined();
      written[ticket]! += 1;
      if (i % 7 === 3) {
        followers.forEach(({ connection }) => connection.cut());
      }
    }
    for (const { by, heard } of followers) {
      await heard.until(({ news }) => news?.version === written[0]);
      const news = heard.all.flatMap((each) => each.news ?? []);
      expect(news.map(({ version }) => version)).toEqual(Array.from({ length: written[0]! }, (_, i) => i + 1));
      const kinds = news.map(({ type, actor }) => `${type} by ${actor}`);
      expect(kinds.includes('TicketNoted by bob')).toBe(by === 'agent');
      expect(kinds.includes('TicketTouched by an agent')).toBe(by === 'requester');
      for (const [i, id] of ids.entries()) {
        await heard.until(({ listed }) => listed?.id === id && listed.version === written[i]);
        const versions = heard.all.flatMap(({ listed }) => (listed?.id === id ? [listed.version] : []));
        expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
      }
    }
  });
});

/** A client's connection whose sockets can be cut. */
class CuttableConnection implements Connection {
  private readonly open = new Map<Subscriber, () => void>();

  constructor(
    private readonly system: Inside,
    private readonly ask: (query: string, variables: object) => Promise<Answer<unknown>>,
    private readonly proof: Proof,
  ) {}

  readonly query = async <T>(query: string, variables: object): Promise<T> => {
    const { data, errors } = await this.ask(query, variables);
    if (errors) {
      throw new Error(JSON.stringify(errors));
    }
    return data as T;
  };

  subscribe<T>(document: string, variables: object, listener: Listener<T>): () => void {
    let close = () => {
      isClosed = true;
    };
    let isClosed = false;
    const begin = async () => {
      const socket = await Subscriber.connect(this.system, WebSocket, this.proof);
      close = () => {
        this.open.delete(socket);
        socket.close();
      };
      if (isClosed) {
        close();
        return;
      }
      this.open.set(socket, () => listener.error(new Error('cut')));
      await socket.start(document, { ...variables }, this.proof, new Forwarded((data) => listener.next(data as T)));
      listener.connected();
    };
    begin().catch((error: unknown) => listener.error(error));
    return () => close();
  }

  cut(): void {
    [...this.open].forEach(([socket, tell]) => {
      this.open.delete(socket);
      socket.close();
      tell();
    });
  }
}

class Forwarded<T> extends Heard<T> {
  constructor(private readonly next: (data: T) => void) {
    super();
  }

  override add(data: T): void {
    super.add(data);
    this.next(data);
  }
}
