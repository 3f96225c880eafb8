import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Puts the outputs of the stacks that were deployed into the file; those of the others stay. */
export function keepOutputs(deployed: string, file: string): void {
  const before = existsSync(file) ? read(file) : {};
  writeFileSync(file, `${JSON.stringify({ ...before, ...read(deployed) }, null, 2)}\n`);
}

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
