import fc from 'fast-check';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '../../src/shared/is-record';
import { type Disk, type Kept, RecordFile } from '../../src/shared/record-file';
import { SmallDisk, testOnSmallDisk } from '../support/small-disk';

const directory = fs.mkdtempSync(join(tmpdir(), 'record-file-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

let files = 0;

function newFile() {
  return join(directory, `${(files += 1)}.jsonl`);
}

interface Note extends Kept {
  text: string;
}

function isNote(value: unknown): value is Note {
  return isRecord(value) && typeof value.id === 'string' && typeof value.text === 'string';
}

function open(file: string, disk?: Disk) {
  const told: string[] = [];
  return { records: new RecordFile<Note>(file, { accepts: isNote, log: (line) => told.push(line), disk }), told };
}

/** Past so many changes of a few records the file is written anew. */
const MANY = 1100;

function change(records: RecordFile<Note>, times: number) {
  for (let i = 0; i < times; i++) {
    records.put({ id: 'often', text: String(i) });
  }
}

/** Bytes that the failing disk takes at once. */
const PIECE = 20;

/** The real disk, but it has little room, takes writes in pieces, and refuses what it is told to refuse. */
class FailingDisk {
  /** In bytes. */
  room = Infinity;
  readonly refuses = new Set<'ftruncateSync' | 'fsyncSync' | 'renameSync' | 'openSync'>();
  /** Descriptors that were used when they were closed. */
  readonly misused: number[] = [];
  private readonly opened = new Set<number>();

  get isOpen(): boolean {
    return this.opened.size > 0;
  }

  readonly disk: Disk = {
    ...fs,
    openSync: (...args) => {
      this.check('openSync');
      const descriptor = fs.openSync(...args);
      this.opened.add(descriptor);
      return descriptor;
    },
    closeSync: (descriptor) => {
      this.checkOpen(descriptor);
      this.opened.delete(descriptor);
      fs.closeSync(descriptor);
    },
    writeSync: (descriptor, bytes, offset) => {
      this.checkOpen(descriptor);
      if (this.room === 0) {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      }
      const length = Math.min(bytes.byteLength - offset, this.room, PIECE);
      this.room -= length;
      return fs.writeSync(descriptor, bytes, offset, length);
    },
    ftruncateSync: (...args) => (this.check('ftruncateSync'), fs.ftruncateSync(...args)),
    fsyncSync: (...args) => (this.check('fsyncSync'), fs.fsyncSync(...args)),
    renameSync: (...args) => (this.check('renameSync'), fs.renameSync(...args)),
  };

  /** A second close, or a write after it, would hit whichever file has the number by then. */
  private checkOpen(descriptor: number): void {
    if (!this.opened.has(descriptor)) {
      this.misused.push(descriptor);
    }
  }

  private check(call: 'ftruncateSync' | 'fsyncSync' | 'renameSync' | 'openSync'): void {
    if (this.refuses.has(call)) {
      throw Object.assign(new Error(`EIO: i/o error, ${call}`), { code: 'EIO' });
    }
  }
}

type Step =
  | { do: 'put' | 'remove'; id: string; text: string }
  | { do: 'many' | 'reopen' }
  | { do: 'room'; bytes: number }
  | { do: 'refuse' | 'allow'; call: 'ftruncateSync' | 'fsyncSync' | 'renameSync' | 'openSync' };

const id = fc.constantFrom('a', 'b', 'c');
const call = fc.constantFrom(
  'ftruncateSync' as const,
  'fsyncSync' as const,
  'renameSync' as const,
  'openSync' as const,
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('put' as const, 'remove' as const), id, text: fc.string() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('many' as const, 'reopen' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('room' as const), bytes: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('room' as const), bytes: fc.constant(1_000_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('refuse' as const, 'allow' as const), call }) },
);

test('whatever the disk refuses, and whenever the process is killed: what was acknowledged is there, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const file = newFile();
      const failing = new FailingDisk();
      const acknowledged = new Map<string, Note>();
      let { records } = open(file, failing.disk);
      const attempt = (act: () => void, whenDone: () => void) => {
        try {
          act();
        } catch (error) {
          expect(error).toMatchObject({ message: expect.stringMatching(/^.*\.jsonl can't be written: /) });
          return;
        }
        whenDone();
      };
      const put = (note: Note) =>
        attempt(
          () => records.put(note),
          () => acknowledged.set(note.id, note),
        );
      for (const step of steps) {
        switch (step.do) {
          case 'put':
            put({ id: step.id, text: step.text });
            break;
          case 'remove':
            attempt(
              () => records.remove(step.id),
              () => acknowledged.delete(step.id),
            );
            break;
          case 'many':
            Array.from({ length: MANY }, (_, i) => put({ id: 'often', text: String(i) }));
            break;
          case 'room':
            failing.room = step.bytes;
            break;
          case 'refuse':
            failing.refuses.add(step.call);
            break;
          case 'allow':
            failing.refuses.delete(step.call);
            break;
          case 'reopen':
            // As after kill -9: nothing is closed.
            records = open(file, failing.disk).records;
        }
        expect(records.all()).toEqual([...acknowledged.values()]);
      }
      expect(open(file).records.all()).toEqual([...acknowledged.values()]);
      expect(failing.misused).toEqual([]);
      expect(fs.readdirSync(directory).filter((name) => name.startsWith(`${files}.jsonl.`))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a write that the disk takes in pieces is whole', () => {
  const file = newFile();
  const { records } = open(file, new FailingDisk().disk);
  records.put({ id: 'a', text: 'long enough for a few pieces' });
  expect(open(file).records.get('a')).toEqual({ id: 'a', text: 'long enough for a few pieces' });
});

test('a change that the disk does not take whole is refused with the name of the file, and leaves nothing', () => {
  const file = newFile();
  const failing = new FailingDisk();
  const { records } = open(file, failing.disk);
  records.put({ id: 'a', text: 'kept' });
  failing.room = 10;
  expect(() => records.put({ id: 'b', text: 'too much' })).toThrow(
    `${file} can't be written: ENOSPC: no space left on device, write`,
  );
  expect(() => records.remove('a')).toThrow('ENOSPC');
  expect(records.all()).toEqual([{ id: 'a', text: 'kept' }]);
  failing.room = Infinity;
  records.put({ id: 'c', text: 'fits' });
  const again = open(file);
  expect([again.records.all().map(({ id }) => id), again.told]).toEqual([['a', 'c'], []]);
});

test('after a failed rewrite the file goes on, no draft is left, and the log says so once', () => {
  const file = newFile();
  const failing = new FailingDisk();
  const { records, told } = open(file, failing.disk);
  failing.refuses.add('renameSync');
  change(records, MANY);
  // The number of a descriptor that was closed would be this file's.
  const stranger = newFile();
  const descriptor = fs.openSync(stranger, 'w');
  change(records, 100);
  fs.closeSync(descriptor);
  expect(fs.readFileSync(stranger, 'utf8')).toBe('');
  expect(told).toEqual([`${file} can't be written anew, so it grows: EIO: i/o error, renameSync`]);
  expect(fs.readdirSync(directory).filter((name) => name.startsWith(`${files - 1}.jsonl.`))).toEqual([]);
  expect(open(file).records.get('often')).toEqual({ id: 'often', text: '99' });

  failing.refuses.clear();
  change(records, MANY);
  expect(fs.readFileSync(file, 'utf8').split('\n').length).toBeLessThan(MANY);
});

test('what can not be read costs its line alone, and a message with the file and the line', () => {
  const file = newFile();
  const lines = [
    '{"put":{"id":"a","text":"1"}}',
    '{"put":{"id":"b",{"put":{"id":"c","text":"2"}}',
    'null',
    '{"put":{"id":7}}',
    '{"put":{"id":"d","text":"3"}}',
    '{"put":{"id":"e","te',
  ];
  fs.writeFileSync(file, lines.join('\n'));
  const { records, told } = open(file);
  expect(records.all().map(({ id }) => id)).toEqual(['a', 'd']);
  expect(told).toEqual([`${file}: left out what can't be read, line 2, 3, 4, 6.`]);
  records.put({ id: 'f', text: '4' });
  expect(
    open(file)
      .records.all()
      .map(({ id }) => id),
  ).toEqual(['a', 'd', 'f']);
});

test('to read needs no room: a file is opened for writing with its first change', () => {
  const file = newFile();
  open(file).records.put({ id: 'a', text: 'kept' });
  const failing = new FailingDisk();
  failing.refuses.add('openSync');
  expect(open(file, failing.disk).records.all()).toHaveLength(1);
});

test('closed twice is closed', () => {
  const failing = new FailingDisk();
  const { records } = open(newFile(), failing.disk);
  records.put({ id: 'a', text: '' });
  records.close();
  records.close();
  expect(failing.isOpen).toBe(false);
});

testOnSmallDisk(
  'on a disk that is really full, changes are refused, and what was there can be read and goes on',
  () => {
    const disk = new SmallDisk(256 * 1024);
    try {
      const file = join(disk.folder, 'records.jsonl');
      const { records } = open(file);
      const acknowledged: string[] = [];
      records.put({ id: 'first', text: '' });
      disk.fill();
      const send = (id: string) => {
        records.put({ id, text: 'x'.repeat(1500) });
        acknowledged.push(id);
      };
      expect(() => Array.from({ length: 100 }, (_, i) => send(String(i)))).toThrow('ENOSPC');

      const { records: after, told } = open(file);
      expect([after.all().map(({ id }) => id), told]).toEqual([['first', ...acknowledged], []]);
      expect(() => after.put({ id: 'refused', text: 'x'.repeat(5000) })).toThrow('ENOSPC');
      disk.free();
      after.put({ id: 'last', text: '' });
      expect(
        open(file)
          .records.all()
          .map(({ id }) => id),
      ).toEqual(['first', ...acknowledged, 'last']);
    } finally {
      disk.remove();
    }
  },
);
