import { zipSync } from 'fflate';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Deployment } from '../../../src/cloudformation/deployment';
import { TYPES } from '../../cloudformation/deployments';
import { Functions } from '../../../src/services/lambda/functions';
import { CredentialIssuer } from '../../../src/services/iam/credentials';

const folder = mkdtempSync(join(tmpdir(), 'function-code-'));
const scratch = join(folder, 'scratch');
const running: Functions[] = [];
afterEach(() => Promise.all(running.splice(0).map((functions) => functions.stop())));
afterAll(() => rmSync(folder, { recursive: true }));

let assets = 0;

function directory(files: Record<string, string>): string {
  const path = join(folder, String((assets += 1)));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

function zip(files: Record<string, string>): string {
  const path = join(folder, `${(assets += 1)}.zip`);
  const entries = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  writeFileSync(path, zipSync(Object.fromEntries(entries)));
  return path;
}

/** The functions of a template in which `F` has this code, and these layers. */
function functionsOf(code: { asset: string } | { inline: string }, layers: string[] = []): Functions {
  const files: Record<string, string | undefined> = { code: 'asset' in code ? code.asset : undefined };
  const layerIds = layers.map((asset, i) => {
    files[`layer${i}`] = asset;
    return `Layer${i}`;
  });
  const deployment = new Deployment(
    {
      templates: [
        {
          stackName: 'Main',
          Resources: {
            F: {
              Type: 'AWS::Lambda::Function',
              Properties: {
                Runtime: 'nodejs22.x',
                Handler: 'index.handler',
                Role: 'arn:aws:iam::000000000000:role/r',
                Code: 'inline' in code ? { ZipFile: code.inline } : { S3Key: 'code' },
                Layers: layerIds.map((Ref) => ({ Ref })),
              },
            },
            ...Object.fromEntries(
              layerIds.map((id, i) => [
                id,
                { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Key: `layer${i}` } } },
              ]),
            ),
          },
        },
      ],
      asset: (key) => files[key],
    },
    'http://127.0.0.1:4000',
    TYPES,
  );
  const functions = new Functions(deployment, {
    credentials: new CredentialIssuer(),
    policies: new Map(),
    variables: { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:4000' },
    scratch,
    log: () => undefined,
  });
  running.push(functions);
  return functions;
}

const HANDLER = {
  'index.js': `exports.handler = async () => require('./lib/word');`,
  'lib/word.js': `module.exports = 'hi';`,
};
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:Main-F';

test.each<[string, () => Functions]>([
  ['a folder', () => functionsOf({ asset: directory(HANDLER) })],
  ['a zip file', () => functionsOf({ asset: zip(HANDLER) })],
  ['the template', () => functionsOf({ inline: `exports.handler = async () => 'hi';` })],
])('code in %s runs', async (_, make) => {
  expect(await make().invoke('Main-F', {})).toEqual({ ok: true, payload: 'hi' });
});

test.each(['Main-F', ARN, 'Main-F:live', `${ARN}:live`, `${ARN}:1`])('a function is found as %s', async (reference) => {
  const functions = functionsOf({ inline: `exports.handler = async () => process.env.AWS_LAMBDA_FUNCTION_NAME;` });
  expect(await functions.invoke(reference, {})).toEqual({ ok: true, payload: 'Main-F' });
  expect(functions.find(reference)).toBe(functions.find('Main-F'));
});

test('a function finds the services where the system says', async () => {
  const functions = functionsOf({ inline: `exports.handler = async () => process.env.AWS_ENDPOINT_URL_SQS;` });
  expect(await functions.invoke('Main-F', {})).toEqual({ ok: true, payload: 'http://127.0.0.1:4000' });
});

describe('layers', () => {
  const layer = (pack: typeof zip, words: Record<string, string>) =>
    pack(
      Object.fromEntries(
        Object.entries(words).map(([name, word]) => [
          `nodejs/node_modules/${name}/index.js`,
          `module.exports = '${word}';`,
        ]),
      ),
    );
  const requiring = (...names: string[]) => ({
    inline: `exports.handler = async () => [${names.map((name) => `require('${name}')`).join(', ')}];`,
  });

  test('bring modules, packed or not; a later one wins', async () => {
    const functions = functionsOf(requiring('greeting', 'first', 'second'), [
      layer(directory, { greeting: 'from the first', first: '1' }),
      layer(zip, { greeting: 'from the second', second: '2' }),
    ]);
    expect(await functions.invoke('Main-F', {})).toEqual({ ok: true, payload: ['from the second', '1', '2'] });
  });

  test('bring nothing else', async () => {
    const functions = functionsOf(requiring('graphql'), [layer(zip, { greeting: 'x' })]);
    expect(await functions.invoke('Main-F', {})).toMatchObject({
      ok: false,
      errorMessage: expect.stringMatching(/^Cannot find module 'graphql'/),
    });
  });
});

describe('refuses, naming the resource', () => {
  const text = join(folder, 'plain.txt');
  writeFileSync(text, 'no zip');
  test.each<[string, () => Functions, RegExp]>([
    [
      'an asset that is not there',
      () => functionsOf({ asset: join(folder, 'gone') }),
      /^Main\/F \(AWS::Lambda::Function\): its code must be an asset/,
    ],
    [
      'a file that is no zip file',
      () => functionsOf({ asset: text }),
      /^Main\/F .*plain\.txt must be a folder or a zip file/,
    ],
    [
      'a zip file that reaches out of itself',
      () => functionsOf({ asset: zip({ '../evil.js': '' }) }),
      /it holds \.\.\/evil\.js, which lies outside/,
    ],
    [
      'a layer without its asset',
      () => functionsOf({ asset: directory(HANDLER) }, [join(folder, 'gone')]),
      /^Main\/Layer0 \(AWS::Lambda::LayerVersion\)/,
    ],
  ])('%s', (_, make, message) => {
    expect(() => make().find('Main-F')).toThrow(message);
    expect(existsSync(join(scratch, 'evil.js'))).toBe(false);
  });

  test('a function that is not there', () => {
    expect(() => functionsOf({ inline: '' }).find('nobody')).toThrow(
      'There is no Lambda function nobody in the assembly.',
    );
  });
});

test('what was unpacked is gone after stop', async () => {
  const ours = () => readdirSync(scratch);
  const functions = functionsOf({ asset: zip(HANDLER) });
  functions.find('Main-F');
  expect(ours().length).toBe(1);
  await functions.stop();
  expect(ours()).toEqual([]);
});
