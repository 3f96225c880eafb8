import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Realm } from '../../../src/appsync-js/realm/realm';
import { validateCode } from '../../../src/appsync-js/realm/validate';
import { contextWith } from './support';

const FILES = {
  'shared.ts': `
    import { util } from '@aws-appsync/utils';
    export enum Status { Open = 'OPEN', Closed = 'CLOSED' }
    export const NEXT = { [Status.Open]: [Status.Closed] } as const;
    export const LIMITS = { title: 200 } as const;
    export const fail = (field: string): never => util.error(field + ' is wrong', 'ValidationError', null, { field });
    export const clean = (text: string): string => text.trim().toLowerCase();
    export function unused(): string { return 'dropped'; }
    export default function tagsOf(tags: readonly string[] = []): string[] { return tags.map(clean); }
  `,
  'resolver.ts': `
    import { util, type Context, type DynamoDBPutItemRequest } from '@aws-appsync/utils';
    import * as ddb from '@aws-appsync/utils/dynamodb';
    import { get } from '@aws-appsync/utils/dynamodb';
    import tagsOf, { fail, LIMITS, NEXT, Status } from './shared';
    import * as shared from './shared';
    interface Args { input: { id?: string; title: string; tags?: string[] } }
    const read = (id: string) => get({ key: { id } });
    export function request(ctx: Context<Args>): DynamoDBPutItemRequest {
      const { id = util.autoId(), title, ...rest } = ctx.args.input;
      if (title.length > LIMITS.title) fail('title');
      ctx.stash.read = read(id);
      const next = NEXT[Status.Open] satisfies readonly string[];
      for (const [name, value] of Object.entries(rest)) { if (value === null) fail(name); }
      return ddb.put({ key: { id }, item: { title: shared.clean(title), status: Status.Open, next, tags: tagsOf(rest.tags) } });
    }
    export const response = (ctx: Context): unknown => ctx.error ? util.error(ctx.error.message, ctx.error.type) : ctx.result!;
  `,
};

function bundle(options: { minify?: boolean; sourcemap?: 'inline' }): string {
  const folder = mkdtempSync(join(tmpdir(), 'realm-'));
  try {
    for (const [name, text] of Object.entries(FILES)) {
      writeFileSync(join(folder, name), text);
    }
    const { outputFiles } = buildSync({
      entryPoints: [join(folder, 'resolver.ts')],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'esnext',
      external: ['@aws-appsync/utils*'],
      ...options,
    });
    return outputFiles[0]?.text ?? '';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('What esbuild makes of sensible TypeScript', () => {
  it.each([
    ['plainly', {}],
    ['minified', { minify: true }],
    ['with an inline source map', { sourcemap: 'inline' as const }],
  ])('%s is accepted and runs', (_how, options) => {
    const code = bundle(options);
    expect(code).toContain('@aws-appsync/utils/dynamodb');
    expect(validateCode(code)).toEqual([]);
    const { outcome, stash } = new Realm().load('resolver', code).evaluate(
      'request',
      contextWith({
        arguments: { input: { id: '1', title: ' A Title', tags: ['B '] } },
      }),
    );
    expect(outcome).toEqual({
      kind: 'value',
      value: {
        operation: 'PutItem',
        key: { id: { S: '1' } },
        attributeValues: {
          title: { S: 'a title' },
          status: { S: 'OPEN' },
          next: { L: [{ S: 'CLOSED' }] },
          tags: { L: [{ S: 'b' }] },
        },
      },
    });
    expect(stash).toEqual({ read: { operation: 'GetItem', key: { id: { S: '1' } } } });
  });
});
