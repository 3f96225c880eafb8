import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { isRecord } from './is-record';
import { replaceFile } from './replace-file';

/** Past so many lines, and four for each record that is left, the file is written anew. */
const LINES_KEPT = 1000;

/** What is kept, under an id of its own. */
export interface Kept {
  readonly id: string;
}

type Change<R> = { put: R } | { remove: string };

/** What a file is kept with; an argument where a test lets the disk fail. */
export type Disk = Pick<
  typeof fs,
  'closeSync' | 'fsyncSync' | 'ftruncateSync' | 'mkdirSync' | 'openSync' | 'readFileSync' | 'renameSync' | 'rmSync'
> & {
  /** How many bytes were written, which may be fewer than there are. */
  writeSync(descriptor: number, bytes: Buffer, offset: number): number;
};

export interface RecordFileOptions<R> {
  /** Whether a value that was read is a record; a line with anything else is left out. */
  accepts: (value: unknown) => value is R;
  log: (line: string) => void;
  disk?: Disk;
}

/**
 * Records by id, in the order in which they came, kept in a file of changes, one a line.
 *
 * A change is in the file before its call returns, so kill -9 loses nothing that a caller was told of. A change that the
 * disk does not take whole is cut off again and refused: the call throws, and the records are as before. Reading needs no
 * free space, and a line that can't be read costs that line alone.
 */
export class RecordFile<R extends Kept> {
  private readonly records = new Map<string, R>();
  private readonly log: (line: string) => void;
  private readonly disk: Disk;
  /** Open from the first change on. */
  private descriptor: number | undefined;
  private lines = 0;
  /** Where writing it anew failed last. */
  private linesAtFailure = -Infinity;
  /** Of the whole lines, in bytes. */
  private length = 0;
  /** Whether the file may go on after them, with a part of a line. */
  private hasRest = false;

  constructor(
    private readonly file: string,
    { accepts, log, disk = fs }: RecordFileOptions<R>,
  ) {
    this.log = log;
    this.disk = disk;
    this.read(accepts);
  }

  all(): R[] {
    return [...this.records.values()];
  }

  get(id: string): R | undefined {
    return this.records.get(id);
  }

  /** Adds a record, or changes the one with its id. Throws if it can't be stored. */
  put(record: R): void {
    this.change({ put: record });
  }

  /** Throws if that can't be stored. */
  remove(id: string): void {
    this.change({ remove: id });
  }

  /** Another change opens it again. */
  close(): void {
    const { descriptor } = this;
    this.descriptor = undefined;
    if (descriptor !== undefined) {
      this.disk.closeSync(descriptor);
    }
  }

  private change(change: Change<R>): void {
    try {
      this.append(lineOf(change));
    } catch (error) {
      throw new Error(`${this.file} can't be written: ${(error as Error).message}`, { cause: error });
    }
    this.apply(change);
    this.lines += 1;
    if (this.lines > LINES_KEPT + 4 * this.records.size && this.lines > this.linesAtFailure + LINES_KEPT) {
      this.shrink();
    }
  }

  private apply(change: Change<R>): void {
    if ('put' in change) {
      this.records.set(change.put.id, change.put);
    } else {
      this.records.delete(change.remove);
    }
  }

  private append(line: Buffer): void {
    const descriptor = this.open();
    this.cutOffRest(descriptor);
    this.hasRest = true;
    try {
      this.write(descriptor, line);
    } catch (error) {
      this.cutOffRest(descriptor);
      throw error;
    }
    this.hasRest = false;
    this.length += line.length;
  }

  private open(): number {
    if (this.descriptor === undefined) {
      this.disk.mkdirSync(dirname(this.file), { recursive: true });
      this.descriptor = this.disk.openSync(this.file, 'a');
    }
    return this.descriptor;
  }

  /** If this fails, nothing is appended before it has succeeded. */
  private cutOffRest(descriptor: number): void {
    if (this.hasRest) {
      this.disk.ftruncateSync(descriptor, this.length);
      this.hasRest = false;
    }
  }

  /** All of it: a disk that fills up may take a part. */
  private write(descriptor: number, bytes: Buffer): void {
    for (let written = 0; written < bytes.length;) {
      const more = this.disk.writeSync(descriptor, bytes, written);
      if (more === 0) {
        throw new Error('nothing more could be written');
      }
      written += more;
    }
  }

  /** Writes the file anew, without what has been changed since. If that fails, the old file goes on. */
  private shrink(): void {
    const lines = this.all().map((put) => lineOf({ put }));
    const bytes = Buffer.concat(lines);
    let descriptor: number | undefined;
    const write = (draft: string) => {
      descriptor = this.disk.openSync(draft, 'ax');
      this.write(descriptor, bytes);
      this.disk.fsyncSync(descriptor);
    };
    try {
      replaceFile(this.file, write, this.disk);
    } catch (error) {
      if (descriptor !== undefined) {
        this.disk.closeSync(descriptor);
      }
      this.linesAtFailure = this.lines;
      this.log(`${this.file} can't be written anew, so it grows: ${(error as Error).message}`);
      return;
    }
    this.close();
    this.descriptor = descriptor;
    this.lines = lines.length;
    this.length = bytes.length;
    this.linesAtFailure = -Infinity;
  }

  private read(accepts: (value: unknown) => value is R): void {
    const bytes = readIfThere(this.file, this.disk);
    const unread: number[] = [];
    for (let end = bytes.indexOf('\n'); end !== -1; end = bytes.indexOf('\n', this.length)) {
      this.lines += 1;
      const change = changeIn(bytes.toString('utf8', this.length, end), accepts);
      if (change === undefined) {
        unread.push(this.lines);
      } else {
        this.apply(change);
      }
      this.length = end + 1;
    }
    this.hasRest = this.length < bytes.length;
    if (this.hasRest) {
      unread.push(this.lines + 1);
    }
    if (unread.length > 0) {
      this.log(`${this.file}: left out what can't be read, line ${unread.join(', ')}.`);
    }
  }
}

function lineOf(change: Change<Kept>): Buffer {
  return Buffer.from(`${JSON.stringify(change)}\n`);
}

function changeIn<R>(line: string, accepts: (value: unknown) => value is R): Change<R> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) {
    return undefined;
  }
  if (typeof value.remove === 'string') {
    return { remove: value.remove };
  }
  return accepts(value.put) ? { put: value.put } : undefined;
}

function readIfThere(file: string, disk: Disk): Buffer {
  try {
    return disk.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return Buffer.alloc(0);
    }
    throw error;
  }
}
