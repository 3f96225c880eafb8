import { ResourceNotFoundException, TrimmedDataAccessException } from '@aws-sdk/client-dynamodb-streams';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Deployment } from '../../ops/deployment';
import { redrive } from '../../ops/redrive';
import { create, happened } from '../domain/specification';

const [event] = happened([create({ ticketId: 'T' })]);
const BATCH = {
  streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/events/stream/1',
  shardId: 'shard-1',
  startSequenceNumber: '1',
  endSequenceNumber: '1',
  approximateArrivalOfFirstRecord: '2026-01-01T00:00:00Z',
  approximateArrivalOfLastRecord: '2026-01-01T00:00:00Z',
};
const EXPLAINED = { message: 'gone', $metadata: {} };

/** A deployment with one dead letter, whose stream answers with an error. */
function deploymentWith(error: Error) {
  const done: string[] = [];
  const letters = [{ MessageId: 'M', Body: JSON.stringify({ DDBStreamBatchInfo: BATCH }) }];
  const named = (answer: (name: string) => object) => ({
    send: (command: object) => {
      done.push(command.constructor.name);
      return Promise.resolve(answer(command.constructor.name));
    },
  });
  const deployment = {
    dynamodb: named(() => ({ Items: [marshall(event, { removeUndefinedValues: true })] })),
    streams: { send: () => Promise.reject(error) },
    lambda: named(() => ({ Payload: new TextEncoder().encode('{"batchItemFailures":[]}') })),
    sqs: named((name) => (name === 'ReceiveMessageCommand' ? { Messages: letters.splice(0) } : {})),
  } as unknown as Deployment;
  return { deployment, done };
}

test.each([
  ['the batch is too old', new TrimmedDataAccessException(EXPLAINED)],
  ['there is no such stream any more', new ResourceNotFoundException(EXPLAINED)],
])('where %s, its events are found in the log by their time', async (_, error) => {
  const { deployment, done } = deploymentWith(error);
  expect(await redrive(deployment)).toEqual({ letters: 1, events: 1, kept: 0 });
  expect(done).toContain('InvokeCommand');
  expect(done).toContain('DeleteMessageCommand');
});

test('any other error of the stream is told, and the letter is put back', async () => {
  const { deployment, done } = deploymentWith(new Error('no access'));
  await expect(redrive(deployment)).rejects.toThrow('no access');
  expect(done).not.toContain('InvokeCommand');
  expect(done.at(-1)).toBe('ChangeMessageVisibilityCommand');
});
