import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputFiles } from '../../src/system/outputs';
import { SmallDisk, testOnSmallDisk } from '../support/small-disk';

test('outputs and environment are there while the system runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  const told: string[] = [];
  const files = new OutputFiles(folder, (line) => told.push(line));
  files.write({ Stack: { Table: 'a' } }, { ONE: '1', TWO: '2' });
  expect(JSON.parse(readFileSync(files.outputs, 'utf8'))).toEqual({ Stack: { Table: 'a' } });
  expect(readFileSync(files.environment, 'utf8')).toBe('ONE=1\nTWO=2\n');
  files.remove();
  expect([readdirSync(folder), told]).toEqual([[], []]);
  rmSync(folder, { recursive: true });
});

testOnSmallDisk(
  'a full disk keeps no system from starting: what was there is gone, and the log names the files',
  () => {
    const disk = new SmallDisk(64 * 1024);
    try {
      const told: string[] = [];
      const files = new OutputFiles(disk.folder, (line) => told.push(line));
      files.write({ Stack: { Table: 'of an earlier run' } }, { ONE: 'of an earlier run' });
      disk.fill();
      // More than the room that removing the old ones makes.
      const long = 'x'.repeat(10_000);
      files.write({ Stack: { Table: long } }, { ONE: long });
      expect(readdirSync(disk.folder)).toEqual(['ballast']);
      expect(told).toEqual([
        `${files.outputs} can't be written: ENOSPC: no space left on device, write`,
        `${files.environment} can't be written: ENOSPC: no space left on device, write`,
      ]);
    } finally {
      disk.remove();
    }
  },
);
