import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '../../src/cli/options';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

test('The README lists the flags that the help lists, and no others', () => {
  let help = '';
  readOptions(['--help'], (text) => (help += text));
  const flags = [...help.matchAll(/^ +(--[a-z-]+)/gm)].map(([, flag]) => flag!);

  const [, section] = /^## Command line\n([^]*?)^## /m.exec(README)!;
  const listed = [...section!.matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag!);

  expect(flags).toContain('--port');
  expect([...new Set(listed)].sort()).toEqual(flags.filter((flag) => flag !== '--help').sort());
});
