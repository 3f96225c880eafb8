import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { AuthorizationType, Code, Definition, FunctionRuntime, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AwsCredentials, type LocalAppSync, StartError, startLocalAppSync } from '../../src/api';
import { openDataFolder } from '../../src/system/data-folder';
import { guestbookAssembly } from '../support/guestbook';

const folder = mkdtempSync(join(tmpdir(), 'local-appsync-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function log(): void {}

describe('a running app', () => {
  let app: LocalAppSync;
  const logged: string[] = [];
  beforeAll(async () => {
    app = await startLocalAppSync({ app: clubApp(), log: (line) => logged.push(line) });
  });
  afterAll(() => app.stop());

  const ask = async (query: string, headers: Record<string, string>) =>
    await (await fetch(app.url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();

  test('tells where it answers, with which keys', async () => {
    expect(app.realtimeUrl).toBe(`${app.url.replace('http', 'ws')}/realtime`);
    expect(app.apiKeys).toEqual(['da2-local']);
    expect(await ask('{ word }', { 'x-api-key': app.apiKeys[0]! })).toEqual({ data: { word: 'hello' } });
  });

  test('gives tokens of its user pool', async () => {
    const authorization = await app.token({ user: 'alice', groups: ['members'] });
    expect(await ask('{ who }', { authorization })).toEqual({ data: { who: 'alice' } });
    await expect(app.token({ user: 'not a name' })).rejects.toThrow(RangeError);
  });

  test('gives credentials of its roles, of an administrator, and of whoever may do what is said', async () => {
    const secret = async (role?: Parameters<LocalAppSync['credentials']>[0]) => {
      const body = JSON.stringify({ query: '{ secret }' });
      const headers = await signed(app.url, body, await app.credentials(role));
      const response = await fetch(app.url, { method: 'POST', headers, body });
      return ((await response.json()) as { data: { secret: string | null } | null }).data?.secret;
    };
    const arn = app.outputs.Club!.ReaderArn!;
    expect(await secret()).toBe('xyzzy');
    expect(await secret(arn)).toBe('xyzzy');
    expect(await secret(arn.split('/').pop())).toBe('xyzzy');
    expect(await secret([{ Effect: 'Allow', Action: 'appsync:GraphQL', Resource: '*' }])).toBe('xyzzy');
    expect(await secret([])).toBeFalsy();
    await expect(app.credentials('Nobody')).rejects.toThrow(/^The app has no role Nobody\. It has .*Reader/);
  });

  test('gives what other programs need, as values and as files', () => {
    expect(app.environment).toMatchObject({
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_LAMBDA: new URL(app.url).origin,
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(app.outputs).toEqual({
      Club: { ReaderArn: expect.stringMatching(/^arn:aws:iam::000000000000:role\/Club-Reader/) },
    });
    expect(JSON.parse(readFileSync(app.files.outputs, 'utf8'))).toEqual(app.outputs);
    const lines = Object.entries(app.environment).map(([name, value]) => `${name}=${value}\n`);
    expect(readFileSync(app.files.environment, 'utf8')).toBe(lines.join(''));
  });

  test('hands its log over', async () => {
    await ask('{ word }', { 'x-api-key': 'da2-local' });
    expect(logged.join('\n')).toContain('asked for word');
  });
});

test('is stopped at the end of its scope', async () => {
  const app = await startLocalAppSync({ assembly: guestbookAssembly(), log });
  await app[Symbol.asyncDispose]();
  await expect(fetch(app.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('keeps its data in a folder, and does not share the folder', async () => {
  const options = { assembly: guestbookAssembly(), data: join(folder, 'kept'), log };
  const app = await startLocalAppSync(options);
  await expect(startLocalAppSync(options)).rejects.toThrow('is in use by another system');
  await app.stop();
  await (await startLocalAppSync(options)).stop();
});

test('without a user pool there are no tokens', async () => {
  const app = await startLocalAppSync({ assembly: guestbookAssembly(), log });
  await expect(app.token({ user: 'alice' })).rejects.toThrow('no AWS::Cognito::UserPool');
  await app.stop();
});

test.each([
  [{ assembly: folder, app: folder }, 'Name an assembly or an app, not both.'],
  [{ assembly: join(folder, 'nothing') }, 'holds no manifest.json'],
  [{ app: folder }, 'There is no '],
  [{ assembly: folder, semantics: 'java' as 'appsync' }, 'semantics is appsync, strictest, ecmascript, not java.'],
])('%j is refused with what is wrong', async (options, message) => {
  const starting = startLocalAppSync({ ...options, log });
  await expect(starting).rejects.toThrow(StartError);
  await expect(starting).rejects.toThrow(message);
});

test.each([
  ['the first first', ['0', '1']],
  ['the second first', ['1', '0']],
])('two in one process have data of their own, and leave nothing: %s', async (_, order) => {
  const script = join(__dirname, 'side-by-side.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, guestbookAssembly(), folder, ...order]);
  const { seen, ...left } = JSON.parse(stdout) as { seen: unknown[]; temporary: string[]; running: string[] };
  const words = ['FIRST', 'SECOND'].map((each) => ({ entries: [{ words: each }], visits: 1 }));
  expect(seen).toEqual([words[1 - Number(order[0])], 'gone']);
  expect(left).toEqual({ temporary: [], running: [] });
  (await openDataFolder(join(folder, order[0]!), 0)).release();
});

/** The headers of a POST that is signed, as AWS SDKs sign. */
async function signed(url: string, body: string, credentials: AwsCredentials): Promise<Record<string, string>> {
  const { host, hostname, port, pathname: path } = new URL(url);
  const signer = new SignatureV4({ service: 'appsync', region: 'us-east-1', sha256: Sha256, credentials });
  const request = new HttpRequest({ method: 'POST', hostname, port: Number(port), path, headers: { host }, body });
  return (await signer.sign(request)).headers;
}

/** An API with several ways in, as a CDK app that nobody has synthesized yet. */
function clubApp(): App {
  const app = new App({ outdir: join(folder, 'club') });
  const stack = new Stack(app, 'Club');
  const schema = join(folder, 'schema.graphql');
  writeFileSync(schema, 'type Query { word: String  who: String @aws_cognito_user_pools  secret: String @aws_iam }');
  const api = new GraphqlApi(stack, 'Api', {
    name: 'club',
    definition: Definition.fromFile(schema),
    authorizationConfig: {
      defaultAuthorization: { authorizationType: AuthorizationType.API_KEY },
      additionalAuthorizationModes: [
        { authorizationType: AuthorizationType.IAM },
        {
          authorizationType: AuthorizationType.USER_POOL,
          userPoolConfig: { userPool: new UserPool(stack, 'Members') },
        },
      ],
    },
  });
  const nothing = api.addNoneDataSource('nothing');
  const fields = { word: `'hello'`, who: 'ctx.identity.username', secret: `'xyzzy'` };
  for (const [fieldName, value] of Object.entries(fields)) {
    nothing.createResolver(fieldName, {
      typeName: 'Query',
      fieldName,
      runtime: FunctionRuntime.JS_1_0_0,
      code: Code.fromInline(
        `export const request = () => ({ payload: null });\n` +
          `export function response(ctx) { console.log('asked for', ctx.info.fieldName); return ${value}; }`,
      ),
    });
  }
  const reader = new Role(stack, 'Reader', { assumedBy: new AccountRootPrincipal() });
  api.grantQuery(reader, 'secret');
  new CfnOutput(stack, 'ReaderArn', { value: reader.roleArn });
  return app;
}
