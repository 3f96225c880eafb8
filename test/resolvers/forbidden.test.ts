import { build, type Plugin } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BUNDLE, PORTABLE, PRELUDE, SOURCE } from './support/forbidden';

const root = join(__dirname, '..', '..');

interface Snippet {
  rule: string;
  code: string;
  file: string;
}

function snippets(table: typeof SOURCE, kind: 'refused' | 'right', ending: string): Snippet[] {
  return Object.entries(table).flatMap(([rule, { [kind]: codes }]) =>
    codes.map((code, at) => ({ rule: `portable/${rule}`, code, file: `domain/${rule}.${kind}.${at}.${ending}` })),
  );
}

const source = { refused: snippets(SOURCE, 'refused', 'ts'), right: snippets(SOURCE, 'right', 'ts') };
const bundle = { refused: snippets(BUNDLE, 'refused', 'js'), right: snippets(BUNDLE, 'right', 'js') };

/** What the linter says of all snippets at once: of each file the rules that it breaks. */
interface Answer {
  found: Record<string, string[]>;
  /** Our rules, and those of them that `npm run lint` looks for in domain/ and resolvers/. */
  wired: string[];
  ours: string[];
}

let answer: Answer;
beforeAll(async () => {
  const module = ({ code }: Snippet) => (/\b(import|export) /.test(code) ? code : `${code}\nexport {};`);
  const files = (list: Snippet[]) => Object.fromEntries(list.map((snippet) => [snippet.file, module(snippet)]));
  const input = {
    prelude: PRELUDE,
    source: {
      ...files([...source.refused, ...source.right]),
      'domain/portable.ts': PORTABLE,
      'domain/other.ts': PORTABLE,
      'resolvers/shared/appsync.ts': "export { util } from '@aws-appsync/utils';",
      'resolvers/shared/dynamodb.ts': "export { get } from '@aws-appsync/utils/dynamodb';",
    },
    bundle: {
      ...files([...bundle.refused, ...bundle.right]),
      'portable.js': await bundleWith('domain/portable.ts', PORTABLE),
      'other.js': await bundleWith('domain/other.ts', PORTABLE),
      'after.js': await bundleWith('domain/portable.ts', '', PORTABLE),
    },
  };
  const lint = join(__dirname, 'support', 'lint-snippets.mjs');
  answer = JSON.parse(execFileSync(process.execPath, [lint], { input: JSON.stringify(input) }).toString()) as Answer;
});

/** What esbuild makes of a resolver that imports this file. */
async function bundleWith(file: string, code: string, own = ''): Promise<string> {
  const files: Plugin = {
    name: 'files',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^file$/ }, () => ({ path: join(root, file) }));
      onLoad({ filter: /./ }, () => ({ contents: `${code}\nexport const used = 1;`, loader: 'ts' }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: `export { used } from 'file';\n${own}`, loader: 'ts', sourcefile: 'resolvers/x.ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    treeShaking: false,
    plugins: [files],
  });
  return outputFiles[0]!.text;
}

describe('the source of resolvers', () => {
  test.each(source.refused)('breaks $rule by $code', ({ rule, file }) => {
    expect(answer.found[file]).toContain(rule);
  });

  test.each(source.right)('may have, beside what $rule refuses, $code', ({ file }) => {
    expect(answer.found[file]).toEqual([]);
  });

  test('may import from AppSync in one file for each module', () => {
    expect(answer.found['resolvers/shared/appsync.ts']).toEqual([]);
    expect(answer.found['resolvers/shared/dynamodb.ts']).toEqual([]);
  });
});

describe('a bundle', () => {
  test.each(bundle.refused)('breaks $rule by $code', ({ rule, file }) => {
    expect(answer.found[file]).toContain(rule);
  });

  test.each(bundle.right)('may have, beside what $rule refuses, $code', ({ file }) => {
    expect(answer.found[file]).toEqual([]);
  });
});

describe('domain/portable.ts', () => {
  test('may write what is forbidden in another file', () => {
    expect(answer.found['domain/portable.ts']).toEqual([]);
    expect(answer.found['domain/other.ts']).toHaveLength(PORTABLE.split('\n').length);
  });

  test('may do so in a bundle, where other files still may not', () => {
    const needNoTypes = ['portable/no-null-or-undefined', 'portable/no-negative-index', 'portable/no-trim'];
    expect(answer.found['portable.js']).toEqual([]);
    expect(answer.found['other.js']).toEqual(needNoTypes);
    expect(answer.found['after.js']).toEqual(needNoTypes);
  });
});

test('every rule is on, and has been shown to refuse something', () => {
  expect(answer.wired).toEqual(answer.ours);
  expect(
    Object.keys(SOURCE)
      .map((rule) => `portable/${rule}`)
      .sort(),
  ).toEqual(answer.ours.sort());
});
