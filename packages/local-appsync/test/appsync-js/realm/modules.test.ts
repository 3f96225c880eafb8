import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { APPSYNC_MODULES } from '../../../src/appsync-js/realm/modules';
import { evaluate, matching, runner } from './support';

const typings = join(dirname(require.resolve('@aws-appsync/utils/package.json')), 'lib');

/** The values a typings file declares. */
function declaredIn(file: string): string[] {
  return [...readFileSync(join(typings, file), 'utf8').matchAll(/^export declare (?:function|const) (\w+)/gm)].map(
    ([, name]) => name ?? '',
  );
}

describe('The modules have the exports of the typings:', () => {
  it.each([
    ['@aws-appsync/utils/dynamodb', 'dynamodb-helpers.d.ts'],
    ['@aws-appsync/utils/rds', 'rds-helpers.d.ts'],
    ['@aws-appsync/utils/ai', 'bedrock-helpers.d.ts'],
  ])('%s', (module, file) => {
    const declared = declaredIn(file).filter((name) => name !== 'sync');
    expect(declared.length).toBeGreaterThan(1);
    expect([...(APPSYNC_MODULES[module] ?? [])].sort()).toEqual(declared.sort());
  });

  it.each(Object.entries(APPSYNC_MODULES))('and %s really has them', (module, names) => {
    const code = `import * as all from '${module}';\nexport function request() { return [${names.map((name) => `typeof all.${name}`).join(', ')}]; }\nexport function response() {}`;
    const objects = ['util', 'extensions', 'runtime', 'operations', 'typeHint', 'agg'];
    expect(evaluate(code, 'request').outcome).toEqual({
      kind: 'value',
      value: names.map((name) => (objects.includes(name) ? 'object' : 'function')),
    });
  });

  it.each([
    ['rds', "import * as rds from '@aws-appsync/utils/rds';", 'rds.select({})', 'rds.select'],
    ['rds', "import { sql } from '@aws-appsync/utils/rds';", 'sql`SELECT 1`', 'rds.sql'],
    ['rds', "import { typeHint } from '@aws-appsync/utils/rds';", "typeHint.UUID('a')", 'rds.typeHint.UUID'],
    ['ai', "import { converse } from '@aws-appsync/utils/ai';", 'converse({})', 'ai.converse'],
  ])('but those of %s say that they are not supported locally', (_module, imported, call, helper) => {
    const code = `${imported}\nexport function request() {\n  return ${call};\n}\nexport function response() {}`;
    expect(evaluate(code, 'request').outcome).toMatchObject({
      kind: 'error',
      error: {
        errorType: 'Code',
        message: matching(new RegExp(`^code\\.js:3:\\d+: Error: not supported locally: ${helper}$`)),
      },
    });
  });
});

describe('Every helper of the typings is there:', () => {
  const { valueOf } = runner();
  const methodsOf = (file: string): string[] => [
    ...new Set(
      [...readFileSync(join(typings, file), 'utf8').matchAll(/^ {4}(\w+)(?:<.*>)?(?:\(|: \()/gm)].map(
        ([, name]) => name ?? '',
      ),
    ),
  ];

  it.each([
    ['util.dynamodb', 'dynamodb-utils.d.ts', 14],
    ['util.time', 'time-utils.d.ts', 9],
    ['util.math', 'math-utils.d.ts', 5],
    ['util.str', 'string-utils.d.ts', 1],
    ['util.http', 'http-utils.d.ts', 3],
    ['util.xml', 'xml-utils.d.ts', 2],
  ])('%s', (path, file, count) => {
    const names = methodsOf(file);
    expect(names).toHaveLength(count);
    expect(valueOf(`[${names.map((name) => `typeof ${path}.${name}`).join(', ')}]`)).toEqual(
      names.map(() => 'function'),
    );
  });

  it.each([
    [
      'util',
      [
        'escapeJavaScript',
        'urlEncode',
        'urlDecode',
        'base64Encode',
        'base64Decode',
        'autoId',
        'autoUlid',
        'autoKsuid',
        'unauthorized',
        'error',
        'appendError',
        'matches',
        'authType',
      ],
    ],
    [
      'util.transform',
      [
        'toDynamoDBFilterExpression',
        'toDynamoDBConditionExpression',
        'toElasticsearchQueryDSL',
        'toSubscriptionFilter',
      ],
    ],
    ['util.rds', ['toJsonObject']],
    [
      'extensions',
      ['evictFromApiCache', 'setSubscriptionFilter', 'setSubscriptionInvalidationFilter', 'invalidateSubscriptions'],
    ],
    ['runtime', ['earlyReturn']],
  ])('%s', (path, names) => {
    expect(valueOf(`[${names.map((name) => `typeof ${path}.${name}`).join(', ')}]`)).toEqual(
      names.map(() => 'function'),
    );
  });
});
