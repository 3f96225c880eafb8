import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '../../src/services';
import { startSystem, type System } from '../../src/system/system';
import { parameters } from '../fixtures/services/parameters';

/** An app with a parameter and a function that tells how it finds the parameter's service. */
const TEMPLATE = {
  Resources: {
    Greeting: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'hello' } },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Finder: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => process.env.AWS_ENDPOINT_URL_SSM;' },
      },
    },
  },
  Outputs: { Greeting: { Value: { 'Fn::GetAtt': ['Greeting', 'Arn'] } } },
};

describe('a service that is a folder and a line in the list', () => {
  const assembly = mkdtempSync(join(tmpdir(), 'added-service-'));
  let system: System;
  beforeAll(async () => {
    const artifacts = { Main: { type: 'aws:cloudformation:stack', properties: { templateFile: 'main.json' } } };
    writeFileSync(join(assembly, 'manifest.json'), JSON.stringify({ artifacts }));
    writeFileSync(join(assembly, 'main.json'), JSON.stringify(TEMPLATE));
    const options = { assembly, port: 0, log: () => undefined, signal: new AbortController().signal };
    system = await startSystem(options, [...SERVICES.slice(0, 2), parameters, ...SERVICES.slice(2)]);
  });
  afterAll(async () => {
    await system.stop();
    rmSync(assembly, { recursive: true });
  });

  test('names its resources, and they are run', () => {
    expect(system.live.outputs).toEqual({
      Main: { Greeting: 'arn:aws:ssm:us-east-1:000000000000:parameter/Main-Greeting' },
    });
    expect(system.live.notRun).toEqual([]);
  });

  test('is served', async () => {
    expect(await (await fetch(`${system.url}/parameters/Main-Greeting`)).json()).toBe('hello');
  });

  test('is found by functions and by other programs', async () => {
    const answer = await fetch(`${system.url}/2015-03-31/functions/Main-Finder/invocations`, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 any' },
    });
    expect(await answer.json()).toBe(system.url);
    expect(readFileSync(system.files.environment, 'utf8')).toContain(`AWS_ENDPOINT_URL_SSM=${system.url}\n`);
  });
});
