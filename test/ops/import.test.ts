import { ConditionalCheckFailedException, DynamoDBClient, type PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import type { ClearableField } from '../../domain/commands';
import { decide, type Decision } from '../../domain/decide';
import { EVENT_SCHEMA, type TicketEvent } from '../../domain/events';
import { HistoryCheck } from '../../ops/check-history';
import type { Deployment } from '../../ops/deployment';
import { historyOf } from '../../ops/histories';
import { importLog } from '../../ops/import';
import eventsOfSchema1 from '../domain/events-of-schema-1.json';
import { comment, create, happened, update } from '../domain/specification';
import { emptyDeployment, exportOf } from './export-file';

type Stored = Record<string, unknown> & {
  data: Record<string, unknown>;
  ticket: Record<string, unknown>;
  recentCommands: Record<string, unknown>[];
};

/** Of another ticket, so that the line is not the version. */
const before = happened([create({ ticketId: 'Before' })]);
const history = happened([
  create({ title: 'Printer on fire', description: 'All of it', tags: ['hot', 'printer'], assignee: 'bob' }),
  update({ title: 'Printer out', status: 'RESOLVED', addTags: ['wet'], removeTags: ['hot'], reason: 'Rain' }),
  comment({ body: 'Well done' }),
]);

/** A file with the history, of whose nth event something is not as it should be. */
function spoilt(version: number, spoil: (event: Stored) => void): string {
  const events = structuredClone(history);
  spoil(events[version - 1] as unknown as Stored);
  return exportOf([...before, ...events]);
}

/** Gives one of an event's fields another value. */
function set(path: string, value: unknown) {
  return (event: Stored): void => {
    const names = path.split('.');
    const parent = names.slice(0, -1).reduce((object, name) => object[name] as Stored, event);
    parent[names.at(-1)!] = value;
  };
}

/** All fields of an event, also those inside others. */
function pathsOf(object: object): string[] {
  return Object.entries(object).flatMap(([name, value]) => [
    name,
    ...(typeof value === 'object' && value !== null ? pathsOf(value as object).map((path) => `${name}.${path}`) : []),
  ]);
}

/** What an import says of it; the empty text if it says nothing. */
async function saidOf(file: string): Promise<string> {
  const { deployment, commands } = emptyDeployment();
  const message = await importLog(deployment, file).then(
    () => '',
    (error: Error) => `${error.name}: ${error.message}`,
  );
  expect(commands.filter((name) => name === 'PutItemCommand')).toEqual(message === '' ? expect.anything() : []);
  return message;
}

describe('an import refuses, before it writes anything, and names file, line, ticket, version and field:', () => {
  const CASES: [version: number, field: string, values: unknown[]][] = [
    [1, 'type', ['TicketExploded', 1, undefined]],
    [1, 'schema', ['2', 0, EVENT_SCHEMA + 1, 1.5, undefined]],
    [1, 'at', ['yesterday', '2026-01-01', '2026-01-01T00:00:00.0Z', '2026-02-30T00:00:00.000Z', 5, null]],
    [1, 'at', ['2026-01-01T01:00:00.000+01:00', '+012026-01-01T00:00:00.000Z', undefined]],
    [1, 'actor', ['', 5, null, 'half \ud800', 'x'.repeat(410_000), undefined]],
    [1, 'commandId', ['', 5, null, 'x'.repeat(129), undefined]],
    [2, 'reason', [5, 'x'.repeat(1001), 'half \udfff']],
    [1, 'data', [null, 'text', [], undefined]],
    [1, 'data.title', ['', ' Untrimmed', 'x'.repeat(201), 5, null]],
    [1, 'data.description', [5, 'x'.repeat(10_001), undefined]],
    [1, 'data.status', ['DONE', 'open', null, 'toString']],
    [1, 'data.priority', ['MOST', null]],
    [1, 'data.tags', [null, 'hot', ['Hot'], [' hot'], ['hot', 'hot'], ['b', 'a'], ['x'.repeat(41)], ['']]],
    [1, 'data.tags', [Array.from({ length: 21 }, (_, i) => `tag${10 + i}`)]],
    [1, 'data.assignee', ['', 5, 'x'.repeat(129)]],
    [1, 'data.requester', ['somebody else', 5, null]],
    [1, 'data.colour', ['red']],
    [2, 'data.title.to', ['', 'x'.repeat(201), ' Untrimmed', null]],
    [2, 'data.title', [null, 'Two', { from: 'Two', to: 'Two' }]],
    [2, 'data.status.to', ['DONE', null]],
    [2, 'data.status.from', ['DONE', undefined]],
    [2, 'data.tags.added', [['Wet'], 'wet', null]],
    [2, 'data.tags.removed', [['Hot'], null, ['x'.repeat(41)]]],
    [2, 'data', [{}]],
    [3, 'data.body', ['', 'x'.repeat(5001), 5, 'half \ud800', undefined]],
    [1, 'ticket', [null, 'text', undefined]],
    [3, 'ticket.id', [5, null]],
    [3, 'ticket.title', ['Another', null]],
    [3, 'ticket.description', ['Another', 5]],
    [3, 'ticket.status', ['OPEN', 'DONE', null]],
    [3, 'ticket.priority', ['LOW', 'MOST']],
    [3, 'ticket.tags', [[], null, ['hot']]],
    [3, 'ticket.assignee', ['eve', null, 5]],
    [3, 'ticket.requester', ['eve', null]],
    [3, 'ticket.commentCount', [0, 2, -1, '1', undefined]],
    [3, 'ticket.createdAt', ['yesterday', '2026-01-02T00:00:00.000Z', null]],
    [3, 'ticket.updatedAt', ['yesterday', '2026-01-02T00:00:00.000Z', null]],
    [3, 'ticket.colour', ['red']],
    [3, 'recentCommands', [undefined, null, [], [{ commandId: 'C', version: 3 }], 'text']],
    [1, 'colour', ['red']],
  ];
  test.each(CASES.flatMap(([version, field, values]) => values.map((value) => [field, value, version] as const)))(
    '%s %j of version %s',
    async (field, value, version) => {
      const file = spoilt(version, set(field, value));
      const said = await saidOf(file);
      expect(said).toContain(`OpsError: ${file}, line ${version + 1}: T1 version ${version}: `);
      expect(said).toContain(field);
    },
  );

  test.each<[string, (events: Stored[]) => Stored[], RegExp]>([
    ['a version that comes again', (all) => [...all, all[2]!], /line 5: T1 version 3: version 3 is there already/],
    ['versions out of order', ([a, b, c]) => [a!, c!, b!], /line 3: T1 version 2: version 2 is missing/],
    ['a missing version', ([a, , c]) => [a!, c!], /line 3: T1 version 2: version 2 is missing/],
    ['several missing', ([, , c]) => [c!], /line 2: T1 version 1: versions 1 to 2 are missing/],
    [
      'a second beginning',
      ([a]) => [a!, { ...a!, version: 2, ticket: { ...a!.ticket, version: 2 } }],
      /line 3: .* version 2: /,
    ],
    ['a version that is text', ([a]) => [{ ...a!, version: '1' }], /line 2: T1: version must be a whole number/],
    ['a version that is half', ([a]) => [{ ...a!, version: 1.5 }], /line 2: T1: version must be a whole number/],
    ['a ticketId that is none', ([a]) => [{ ...a!, ticketId: 5 }], /line 2 is no event: .* ticketId/],
    ['an empty ticketId', ([a]) => [{ ...a!, ticketId: '' }], /line 2: .*: carries the ticket T1/],
    [
      'a ticketId that is too long',
      ([a]) => [{ ...a!, ticketId: 'x'.repeat(129), ticket: { ...a!.ticket, id: 'x'.repeat(129) } }],
      /line 2: x+ version 1: ticketId must have 1 to 128/,
    ],
    [
      'a state of another version',
      ([a]) => [{ ...a!, ticket: { ...a!.ticket, version: 2 } }],
      /carries the ticket T1 version 2/,
    ],
    [
      'a command that was remembered with another version',
      ([a]) => [{ ...a!, recentCommands: [{ ...a!.recentCommands[0], version: 2 }] }],
      /line 2: T1 version 1: recentCommands/,
    ],
  ])('%s', async (_, spoil, message) => {
    expect(await saidOf(exportOf([...before, ...spoil(structuredClone(history) as unknown as Stored[])]))).toMatch(
      message,
    );
  });
});

describe('an import takes', () => {
  const asItIs = (text: string) => text;
  test.each<[string, object[], (text: string) => string]>([
    ['what the API wrote', [...before, ...history], asItIs],
    ['what earlier versions wrote', eventsOfSchema1, asItIs],
    ['a file with a byte order mark', history, (text) => `\ufeff${text}`],
    ['a file whose lines end as on Windows', history, (text) => text.replaceAll('\n', '\r\n')],
    ['a file whose last line does not end', history, (text) => text.trimEnd()],
    [
      'line separators inside texts',
      happened([create({ title: 'One\u2028two\u2029three\u0085four', description: 'A\r\nB\nC' })]),
      asItIs,
    ],
    [
      'all of Unicode',
      happened([create({ title: '🔥 é Ω\u0000', assignee: '👩‍🚒' }), comment({ body: 'x\ufeff' })]),
      asItIs,
    ],
  ])('%s', async (_, events, asWritten) => {
    const { deployment, commands } = emptyDeployment();
    expect(await importLog(deployment, exportOf(events, asWritten))).toMatchObject({ events: events.length });
    expect(commands).toEqual(['ScanCommand', ...events.map(() => 'PutItemCommand')]);
  });

  test('every history that the domain decides', () =>
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, n) => {
        const check = new HistoryCheck(`load-${seed}-${n}`);
        expect(historyOf(seed, n).flatMap((event) => check.stored({ ...event }))).toEqual([]);
      }),
    ));
});

describe('whatever it is given,', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 60 });
  const commands = fc.array(
    fc.oneof(
      fc.record({ title: words, description: words, addTags: fc.array(words), reason: words }).map(update),
      fc.record({ removeTags: fc.array(words), assignee: words }).map(update),
      fc.record({ clear: fc.subarray<ClearableField>(['ASSIGNEE', 'DESCRIPTION']) }).map(update),
      fc.record({ body: words, visibility: fc.constantFrom('PUBLIC' as const, 'INTERNAL' as const) }).map(comment),
    ),
    { maxLength: 15 },
  );

  test('the check finds nothing wrong with what the domain decides', () =>
    fc.assert(
      fc.property(fc.record({ title: words, tags: fc.array(words), assignee: words }), commands, (first, rest) => {
        const check = new HistoryCheck('T1');
        let head: TicketEvent | null = null;
        for (const command of [create(first), ...rest]) {
          const decision: Decision = decide(head, command);
          if (decision.outcome === 'append') {
            head = decision.event;
            expect(check.stored({ ...head })).toEqual([]);
          }
        }
      }),
    ));

  test('an import takes all of a file or refuses it in a line: no other error, and no part of it', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), fc.jsonValue(), async (n, which, value) => {
        const events = JSON.parse(JSON.stringify(history)) as Stored[];
        const paths = pathsOf(events[n]!);
        set(paths[which % paths.length]!, value)(events[n]!);
        const file = exportOf(events);
        const { deployment, commands } = emptyDeployment();
        const said = await importLog(deployment, file).catch((error: Error) => `${error.name}: ${error.message}`);
        const written = commands.filter((name) => name === 'PutItemCommand').length;
        if (typeof said === 'string') {
          expect(said).toMatch(new RegExp(`^OpsError: ${file}, line \\d`));
        }
        expect(written).toBe(typeof said === 'string' ? 0 : 3);
      }),
      { numRuns: 300 },
    ));
});

describe('where the log has another event in the place of one,', () => {
  const another = { ...history[1]!, commandId: 'another' };

  test.each([true, false])('the check says so, and nothing is written (dry run: %s)', async (dryRun) => {
    const commands: string[] = [];
    const send = (command: object) => {
      commands.push(command.constructor.name);
      return Promise.resolve({ Items: [marshall(another)] });
    };
    const config = new DynamoDBClient({});
    const dynamodb = Object.assign(config, { send });
    const file = exportOf([...before, ...history]);
    await expect(importLog({ dynamodb } as unknown as Deployment, file, { dryRun })).rejects.toThrow(
      `${file}, line 3: the log has another event as version 2 of T1.`,
    );
    expect(commands).not.toContain('PutItemCommand');
  });

  test('since the check, it is one error with the line, and no other ticket is begun', async () => {
    const written: string[] = [];
    const send = (command: object) => {
      const { Item } = (command as PutItemCommand).input;
      if (Item?.ticketId?.S === 'T1' && Item.version?.N === '2') {
        const taken = { message: 'no', $metadata: {}, Item: marshall(another) };
        return Promise.reject(new ConditionalCheckFailedException(taken));
      }
      written.push(...(Item ? [`${Item.ticketId!.S} ${Item.version!.N}`] : []));
      return Promise.resolve({ Items: [] });
    };
    const file = exportOf([...history, ...before]);
    await expect(importLog({ dynamodb: { send } } as unknown as Deployment, file)).rejects.toThrow(
      `${file}, line 2: The log has another event as version 2 of T1.`,
    );
    expect(written).not.toContain('T1 3');
  });
});

describe('a file that is no export is refused:', () => {
  test.each<[string, (text: string) => string | Buffer, RegExp]>([
    ['no UTF-8', (text) => Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from(text)]), /line 1 is no UTF-8/],
    ['a line without an end', () => 'x'.repeat(5_000_000), /line 1 is longer than an event can be/],
    ['an empty line', (text) => `\n${text}`, /line 1 is no JSON/],
    ['nothing', () => '', /ends without the last line/],
    ['an end that counts wrongly', (text) => text.replace('"events":3', '"events":4'), /3 events, 4 expected/],
  ])('%s', async (_, asWritten, message) => {
    expect(await saidOf(exportOf(history, asWritten))).toMatch(message);
  });

  test('a folder', async () => expect(await saidOf(__dirname)).toMatch(/OpsError: Can't read/));
});
