import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { asUser, CREATE, post, TICKET, UPDATE } from '../support/http';
import { Inside } from '../support/inside';

const DEEP = `{ tickets { items { events { items { changes { field } } } comments { items { body } } } } }`;
const TOO_MUCH = `{ ${Array.from({ length: 501 }, (_, i) => `t${i}: ticket(id: "T1") { id }`).join(' ')} }`;

/** The stage that people depend on, as it is deployed: what is closed there is closed here. */
describe('the stage prod, run here', () => {
  let assembly: string;
  let system: Inside;
  let headers: Record<string, string>;
  beforeAll(async () => {
    assembly = await mkdtemp(join(tmpdir(), 'prod-'));
    await promisify(execFile)('npx', ['cdk', 'synth', '--quiet', '--context', 'stage=prod', '--output', assembly]);
    system = await Inside.start({ assembly });
    headers = await asUser(system, 'alice');
  });
  afterAll(async () => {
    await system.stop();
    await rm(assembly, { recursive: true });
  });

  const run = (query: string, variables = {}) => post(system.graphqlUrl, query, variables, headers);

  test('serves its users', async () => {
    const { id } = (await run(CREATE, { input: { title: 'Printer on fire' } })).data.createTicket;
    expect((await run(UPDATE, { input: { id, title: 'Printer out' } })).data.updateTicket.version).toBe(2);
    expect((await run(DEEP)).errors).toBeUndefined();
  });

  test('takes no key and tells nobody its schema', async () => {
    expect((await post(system.graphqlUrl, TICKET, { id: 'T1' })).errors?.[0]?.errorType).toBe('UnauthorizedException');
    const [refusal] = (await run('{ __schema { queryType { name } } }')).errors!;
    expect(refusal?.message).toContain('introspection has been disabled');
  });

  test('bounds the resolvers of a request', async () => {
    const { errors } = await run(TOO_MUCH);
    expect(errors?.map(({ errorType }) => errorType)).toContain('ResolverExecutionLimitReached');
  });

  test('names what it does not run here: the firewall, alarms and their topic, the dashboard', () => {
    const services = system.app.notRun.map((type) => type.split('::')[1]);
    expect([...new Set(services)].sort()).toEqual(['CloudWatch', 'SNS', 'WAFv2']);
  });
});
