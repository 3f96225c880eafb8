import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeployment } from '../../ops/deployment';

const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function outputs(api: Record<string, string>): string {
  const file = join(folder, 'outputs.json');
  const parts = { ViewTable: 'view', ProjectorFunction: 'projector', DeadLettersQueue: 'https://sqs/letters' };
  writeFileSync(file, JSON.stringify({ Data: { EventsTable: 'events' }, Api: { ...parts, ...api } }));
  return file;
}

test('a deployed system is looked for in the region of its outputs, whatever the environment says', async () => {
  const { dynamodb, streams, lambda, sqs } = openDeployment({ outputs: outputs({ Region: 'eu-north-1' }), data: '' });
  const regions = await Promise.all([dynamodb, streams, lambda, sqs].map(({ config }) => config.region()));
  expect(regions).toEqual(Array(4).fill('eu-north-1'));
});

test('outputs that name no region are not of this system', () => {
  expect(() => openDeployment({ outputs: outputs({}), data: '' })).toThrow('has no output Region');
});
