import fc from 'fast-check';
import type { Status } from '../../client/connection';
import { followTicket } from '../../client/follow-ticket';
import { followTickets } from '../../client/follow-tickets';
import { TicketList } from '../../client/ticket-list';
import {
  Dice,
  HOUR,
  MINUTE,
  type ReadMode,
  SimulatedConnection,
  SimulatedServer,
  type SimTicket,
  type WriteOptions,
} from './simulation';
import { VirtualTime } from './virtual-time';

const SEEDS = Number(process.env.SEEDS ?? 5_000);
const EPOCH = Date.UTC(2026, 0, 1);
const IDS = ['A', 'B', 'C', 'D'];
const READS: ReadMode[] = ['fine', 'failing', 'slow', 'hanging'];

type Step =
  | 'write'
  | 'write, projected hours later'
  | 'write, pushed hours later'
  | 'write, by a clock that is behind'
  | 'write, by a clock that is ahead'
  | 'push again'
  | 'break'
  | 'break silently'
  | 'server down'
  | 'server up'
  | 'restart the client'
  | ReadMode;

interface Plan {
  seed: number;
  /** Of the client's clock. */
  skewMs: number;
  /** Whether the client's socket comes back by itself, as Amplify's does, or ends, as AppSync's link for Apollo does. */
  comesBack: boolean;
  steps: { afterMs: number; step: Step }[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(),
  skewMs: fc.constantFrom(-HOUR, 0, HOUR),
  comesBack: fc.boolean(),
  steps: fc.array(
    fc.record({
      afterMs: fc.oneof(fc.nat(500), fc.nat(5_000), fc.nat(MINUTE)),
      step: fc.oneof(
        { weight: 6, arbitrary: fc.constant<Step>('write') },
        {
          weight: 8,
          arbitrary: fc.constantFrom<Step>(
            'write, projected hours later',
            'write, pushed hours later',
            'write, by a clock that is behind',
            'write, by a clock that is ahead',
            'push again',
            'break',
            'break silently',
            'restart the client',
          ),
        },
        { weight: 4, arbitrary: fc.constantFrom<Step>('server down', 'server up', ...READS) },
      ),
    }),
    { minLength: 5, maxLength: 25 },
  ),
});

/** A client that shows the open tickets, and one of them with its history. */
class Client {
  readonly heardOfOne: number[] = [];
  /** What was told again, or after something newer. */
  readonly faults: string[] = [];
  readonly statuses: Status[] = ['connecting', 'connecting'];
  list!: TicketList<SimTicket>;
  private told = new Map<string, number>();
  private stopFollowing: (() => void)[] = [];

  constructor(
    private readonly server: SimulatedServer,
    readonly connection: SimulatedConnection,
  ) {
    this.start();
  }

  /** Begins with a new page of the list, and with the history that is known. */
  start(): void {
    const isListed = ({ status }: SimTicket) => status === 'OPEN';
    const compare = (a: SimTicket, b: SimTicket) => (a.id < b.id ? -1 : a.id === b.id ? 0 : 1);
    const { tickets, newest } = this.server.list(isListed);
    this.list = new TicketList({ isListed, compare });
    this.list.add(tickets, true);
    this.told = new Map();
    const wait = (retry: number) => Math.min(15_000, 250 * 2 ** (retry - 1));
    this.stopFollowing = [
      followTicket(this.connection, {
        id: IDS[0]!,
        afterVersion: this.heardOfOne.length,
        next: ({ version }) => this.heardOfOne.push(version),
        status: (status) => (this.statuses[0] = status),
        wait,
      }),
      followTickets<SimTicket>(this.connection, {
        filter: { status: 'OPEN' },
        since: newest!,
        fields: 'status',
        next: (ticket) => this.hear(ticket),
        status: (status) => (this.statuses[1] = status),
        wait,
      }),
    ];
  }

  stop(): void {
    this.stopFollowing.forEach((stop) => stop());
  }

  private hear(ticket: SimTicket): void {
    const told = this.told.get(ticket.id) ?? 0;
    if (ticket.version <= told) {
      this.faults.push(`${ticket.id}: version ${ticket.version} after ${told}`);
    }
    this.told.set(ticket.id, ticket.version);
    this.list.place(ticket);
  }
}

function take(step: Step, server: SimulatedServer, client: Client, clientIsAhead: boolean): void {
  const { dice } = server;
  const write = (options: WriteOptions = {}) =>
    server.write(IDS[dice.between(0, 3)]!, dice.chance(0.5) ? 'OPEN' : 'CLOSED', options);
  switch (step) {
    case 'write':
      return write();
    case 'write, projected hours later':
      return write({ projectedAfterMs: dice.between(MINUTE, 3 * HOUR) });
    case 'write, pushed hours later':
      return write({ publishedAfterMs: dice.between(MINUTE, 3 * HOUR) });
    case 'write, by a clock that is behind':
      return write({ skewMs: -dice.between(1, HOUR) });
    case 'write, by a clock that is ahead':
      // Nobody could tell which is right if both were.
      return write({ skewMs: clientIsAhead ? 0 : dice.between(1, HOUR) });
    case 'push again':
      return server.publishAgain(IDS[dice.between(0, 3)]!);
    case 'break':
      return server.break();
    case 'break silently':
      return server.break(dice.between(1_000, 5 * MINUTE));
    case 'server down':
      server.isUp = false;
      return server.break();
    case 'server up':
      server.isUp = true;
      return;
    case 'restart the client':
      client.stop();
      return client.start();
    default:
      server.reads = step;
  }
}

async function run({ seed, skewMs, comesBack, steps }: Plan): Promise<void> {
  time.begin(EPOCH + skewMs);
  const server = new SimulatedServer(new Dice(seed), EPOCH);
  IDS.forEach((id) => server.write(id, 'OPEN', { projectedAfterMs: 0 }));
  await time.rest(24 * HOUR);

  const client = new Client(server, new SimulatedConnection(server, comesBack));
  let due = 0;
  for (const { afterMs, step } of steps) {
    due += afterMs;
    setTimeout(() => take(step, server, client, skewMs > 0), due);
  }
  setTimeout(() => {
    server.isUp = true;
    server.reads = 'fine';
  }, due + MINUTE);
  await time.rest(24 * HOUR);

  const { faults, statuses, heardOfOne, list, connection } = client;
  const opened = connection.open;
  client.stop();
  // One comparison for all: thousands of them take their time.
  expect({
    ...{ faults, statuses, heardOfOne, listed: list.tickets, opened },
    isCalm: server.queries < 500,
    leftOpen: connection.open,
    timers: time.timers,
  }).toEqual({
    faults: [],
    statuses: ['live', 'live'],
    heardOfOne: Array.from({ length: server.versionOf(IDS[0]!) }, (_, i) => i + 1),
    listed: server.heads.filter(({ status }) => status === 'OPEN'),
    opened: 2,
    isCalm: true,
    leftOpen: 0,
    timers: 0,
  });
}

const time = new VirtualTime();
afterAll(() => time.end());

test(
  'a client ends with the truth, and hears of each version once and in order, whatever happens meanwhile',
  async () => {
    await fc.assert(fc.asyncProperty(plans, run), { numRuns: SEEDS });
  },
  60_000 + 20 * SEEDS,
);
