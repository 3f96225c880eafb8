import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where a mapping remembers how far each shard has been handled: shard id → the sequence number up to
 * and including which every record is done (or one of the words in `position.ts`).
 */
export interface CheckpointStore {
  /** Undefined where nothing has been written yet. */
  read(mappingId: string): Promise<Record<string, string> | undefined>;
  write(mappingId: string, checkpoint: Record<string, string>): Promise<void>;
}

export class MemoryCheckpointStore implements CheckpointStore {
  private readonly checkpoints = new Map<string, Record<string, string>>();

  read(mappingId: string): Promise<Record<string, string> | undefined> {
    return Promise.resolve(structuredClone(this.checkpoints.get(mappingId)));
  }

  write(mappingId: string, checkpoint: Record<string, string>): Promise<void> {
    this.checkpoints.set(mappingId, { ...checkpoint });
    return Promise.resolve();
  }
}

/** One JSON file a mapping. A reader finds the old checkpoint or the new one, never half of one. */
export class FileCheckpointStore implements CheckpointStore {
  private made?: Promise<unknown>;

  constructor(readonly directory: string) {}

  async read(mappingId: string): Promise<Record<string, string> | undefined> {
    const file = this.file(mappingId);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
    return parse(text, file);
  }

  async write(mappingId: string, checkpoint: Record<string, string>): Promise<void> {
    const file = this.file(mappingId);
    await (this.made ??= mkdir(this.directory, { recursive: true }));
    await writeFile(`${file}.new`, JSON.stringify(checkpoint));
    await rename(`${file}.new`, file);
  }

  private file(mappingId: string): string {
    return join(this.directory, `${encodeURIComponent(mappingId)}.json`);
  }
}

function parse(text: string, file: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (isCheckpoint(value)) {
      return value;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  throw new Error(
    `${file} is not a checkpoint: expected a JSON object of shard ids and sequence numbers. ` +
      `Delete it to start again from the mapping's starting position.`,
  );
}

function isCheckpoint(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((position) => typeof position === 'string')
  );
}
