import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Message } from './message';

/** Past so many lines, and four for each message that is left, the file is written anew. */
const LINES_KEPT = 1000;

type Change = { put: Message } | { remove: string };

/**
 * The messages of a queue, in the order in which they came, kept in a file of changes. A change is in the file before
 * its call returns, so that whoever was told of it finds it again after kill -9; a last line that was cut off never was.
 */
export class MessageFile {
  private readonly messages = new Map<string, Message>();
  private lines = 0;
  private descriptor: number;

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    for (const change of readChanges(file)) {
      this.apply(change);
    }
    this.descriptor = this.rewrite();
  }

  /** A copy: the queue changes messages by putting them. */
  all(): Message[] {
    return [...this.messages.values()];
  }

  get(id: string): Message | undefined {
    return this.messages.get(id);
  }

  put(message: Message): void {
    this.record({ put: message });
  }

  remove(id: string): void {
    this.record({ remove: id });
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private record(change: Change): void {
    writeSync(this.descriptor, `${JSON.stringify(change)}\n`);
    this.apply(change);
    this.lines += 1;
    if (this.lines > LINES_KEPT + 4 * this.messages.size) {
      closeSync(this.descriptor);
      this.descriptor = this.rewrite();
    }
  }

  private apply(change: Change): void {
    if ('put' in change) {
      this.messages.set(change.put.id, change.put);
    } else {
      this.messages.delete(change.remove);
    }
  }

  /** A reader finds the old file or the new one, never half of one. */
  private rewrite(): number {
    writeFileSync(
      `${this.file}.new`,
      this.all()
        .map((put) => `${JSON.stringify({ put })}\n`)
        .join(''),
    );
    renameSync(`${this.file}.new`, this.file);
    this.lines = this.messages.size;
    return openSync(this.file, 'a');
  }
}

function readChanges(file: string): Change[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // What follows the last line break was cut off.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Change);
}
