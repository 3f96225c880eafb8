import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployment } from '../../ops/deployment';

const folder = mkdtempSync(join(tmpdir(), 'export-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with an export of these events, whose end is right. */
export function exportOf(events: object[], asWritten: (text: string) => string | Buffer = (text) => text): string {
  const file = join(folder, 'log.jsonl');
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const sha256 = createHash('sha256').update(lines).digest('hex');
  writeFileSync(file, asWritten(`${lines}${JSON.stringify({ end: true, events: events.length, sha256 })}\n`));
  return file;
}

/** A deployment whose log has nothing but what is written, with the name of each command that it got. */
export function emptyDeployment() {
  const commands: string[] = [];
  const deployment = {
    dynamodb: {
      send: (command: object) => {
        commands.push(command.constructor.name);
        return Promise.resolve({ Items: [] });
      },
    },
  } as unknown as Deployment;
  return { deployment, commands };
}
