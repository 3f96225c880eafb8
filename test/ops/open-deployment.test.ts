import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeployment } from '../../ops/deployment';

const data = mkdtempSync(join(tmpdir(), 'deployment-'));
const before = { ...process.env };
afterAll(() => {
  process.env = before;
  rmSync(data, { recursive: true });
});

const outputs = {
  TicketsData: { EventsTable: 'events', ViewTable: 'view' },
  TicketsApi: { ProjectorFunction: 'project', DeadLettersQueue: 'http://queue', Region: 'eu-north-1' },
};
const parts = { events: 'events', view: 'view', projector: 'project', deadLetters: 'http://queue' };

test('the local system brings the variables of its SDK, whatever is in them', () => {
  writeFileSync(join(data, 'outputs.json'), JSON.stringify(outputs));
  writeFileSync(join(data, 'aws.env'), 'AWS_REGION=us-east-1\nTICKETS_TEST=a=b==\n');
  expect(openDeployment({ data })).toMatchObject(parts);
  expect(process.env).toMatchObject({ AWS_REGION: 'us-east-1', TICKETS_TEST: 'a=b==' });
});

test('a deployed system is what its outputs say, and the local one is not looked at', () => {
  const file = join(data, 'outputs.dev.json');
  writeFileSync(file, JSON.stringify(outputs));
  expect(openDeployment({ outputs: file, data: join(data, 'nowhere') })).toMatchObject(parts);
});
