import { isRecord } from '../../../shared/is-record';
import { type Kept, RecordFile } from '../../../shared/record-file';

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

/** Of a mapping, by its id. */
interface Checkpoint extends Kept {
  shards: Record<string, string>;
}

/**
 * One file for all mappings. Of a checkpoint that can't be read, the one before it counts: records come twice, which
 * at-least-once allows.
 */
export class FileCheckpointStore implements CheckpointStore {
  private readonly file: RecordFile<Checkpoint>;

  constructor(file: string, log: (line: string) => void) {
    this.file = new RecordFile(file, { accepts: isCheckpoint, log });
  }

  read(mappingId: string): Promise<Record<string, string> | undefined> {
    return Promise.resolve(structuredClone(this.file.get(mappingId)?.shards));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what the file throws becomes a rejection
  async write(id: string, shards: Record<string, string>): Promise<void> {
    this.file.put({ id, shards: { ...shards } });
  }

  close(): void {
    this.file.close();
  }
}

function isCheckpoint(value: unknown): value is Checkpoint {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    isRecord(value.shards) &&
    Object.values(value.shards).every((position) => typeof position === 'string')
  );
}
