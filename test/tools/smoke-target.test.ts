import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, targetOf } from '../../tools/smoke/target';

command.exitOverride().configureOutput({ writeErr: () => undefined });

describe('the target of the smoke test', () => {
  const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const outputs = (api: Record<string, string>) => {
    const file = join(folder, 'outputs.json');
    writeFileSync(file, JSON.stringify({ 'TicketsData-dev': {}, 'TicketsApi-dev': api }));
    return ['--outputs', file];
  };
  const api = { GraphqlUrl: 'https://api/graphql', Region: 'eu-west-1', UserPoolId: 'P', WebClientId: 'C' };

  test('is the API of the outputs with their key', () => {
    expect(targetOf(outputs({ ...api, ApiKey: 'da2-1' }), {})).toEqual({
      endpoint: 'https://api/graphql',
      region: 'eu-west-1',
      caller: { as: 'apiKey', apiKey: 'da2-1' },
    });
  });

  test('a user of the environment goes before a token, and that before a key', () => {
    const user = { TICKETS_USERNAME: 'smoke', TICKETS_PASSWORD: 'secret' };
    const all = { ...user, TICKETS_TOKEN: 'a.b.c', TICKETS_API_KEY: 'da2-2' };
    const { TICKETS_TOKEN, TICKETS_API_KEY } = all;
    expect(targetOf(outputs(api), all).caller).toEqual({
      as: 'user',
      username: 'smoke',
      password: 'secret',
      userPoolId: 'P',
      clientId: 'C',
    });
    expect(targetOf(outputs(api), { TICKETS_TOKEN, TICKETS_API_KEY }).caller).toEqual({ as: 'token', token: 'a.b.c' });
    expect(targetOf(outputs(api), { TICKETS_API_KEY }).caller).toEqual({ as: 'apiKey', apiKey: 'da2-2' });
  });

  test.each<[string, string[], Record<string, string>, string]>([
    ['no API', [], { TICKETS_API_KEY: 'k' }, 'Which API?'],
    ['nobody', ['--endpoint', 'http://x'], {}, 'Who is asking?'],
    ['no pool', ['--endpoint', 'http://x'], { TICKETS_USERNAME: 'a', TICKETS_PASSWORD: 'b' }, '--outputs'],
    ['no file', ['--outputs', 'nowhere.json'], {}, 'nowhere.json'],
    ['another flag', ['--stage', 'dev'], {}, '--stage'],
  ])('says what is missing: %s', (_, args, env, words) => {
    expect(() => targetOf(args, env)).toThrow(words);
  });
});
