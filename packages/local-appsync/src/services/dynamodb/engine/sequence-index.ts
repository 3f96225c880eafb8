import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/**
 * Why this file exists: dynoxide (1.2.1) finds each stream record's sequence number by scanning the table's
 * records (`MAX(CAST(sequence_number AS INTEGER))`), and reads a stream from a position in the same way, so puts and
 * polls slow down as an append-only log grows: 7 ms each at 20,000 records. With this index each is one look-up,
 * below 1 ms at any length. Its last two columns serve DescribeStream, which then reads the index and not the images.
 * The engine knows nothing of the index; SQLite's planner finds it.
 */
export const SEQUENCE_INDEX =
  'CREATE INDEX sequence_of_table ON _stream_records ' +
  '(table_name, CAST(sequence_number AS INTEGER), shard_id, sequence_number)';

/**
 * Makes a new database file that has the index.
 *
 * The engine itself creates the file, so its schema is written down nowhere here; then the index is added while
 * nobody has the file open, and only the finished file gets its name. Where the engine's schema has changed, the
 * file is as the engine made it and the log says so. Resolves to whether the file has the index.
 *
 * @param create lets the engine create a file of that name and close it
 */
export async function createIndexedFile(
  file: string,
  create: (draft: string) => Promise<void>,
  log: (line: string) => void,
): Promise<boolean> {
  const workshop = await mkdtemp(join(dirname(file), '.new-'));
  const draft = join(workshop, basename(file));
  try {
    await create(draft);
    let isIndexed = true;
    try {
      addSequenceIndex(draft);
    } catch (error) {
      isIndexed = false;
      const why = error instanceof Error ? error.message : String(error);
      log(`dynoxide runs without the index on its stream records, so writes slow down as they grow: ${why}`);
    }
    await rename(draft, file);
    return isIndexed;
  } finally {
    await rm(workshop, { recursive: true });
  }
}

/** Adds the index to a database file that nobody has open. Throws where the schema is not the one expected. */
function addSequenceIndex(file: string): void {
  // Loaded here only: a start on existing data needs no SQLite of ours.
  const { Database } = createRequire(__filename)('node-sqlite3-wasm') as typeof import('node-sqlite3-wasm');
  const database = new Database(file);
  try {
    // The file is in WAL mode, whose shared memory WebAssembly lacks; an exclusive connection needs none.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec(SEQUENCE_INDEX);
  } finally {
    database.close();
  }
}
