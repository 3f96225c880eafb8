import { ACCOUNT } from '../../cloudformation/account';
import { arn, byName } from '../../cloudformation/physical';
import type { DeployedService, Service } from '../service';
import { declareQueues } from './declare-queues';
import { SqsHttp } from './http';
import { Queues } from './queues';

export interface DeployedQueues extends DeployedService {
  readonly queues: Queues;
}

/** SQS: standard queues with redrive, for the ordinary SDK client. */
export const sqs: Service<DeployedQueues, Record<never, never>> = {
  name: 'sqs',
  needs: {},
  resourceTypes: {
    'AWS::SQS::Queue': (name, value, endpoint) => {
      const queue = String(value('QueueName') ?? name);
      const url = `${endpoint}/${ACCOUNT}/${queue}`;
      return { ref: url, attributes: { Arn: arn('sqs', queue), QueueName: queue, QueueUrl: url } };
    },
    'AWS::SQS::QueuePolicy': byName,
  },
  start: (machine) => {
    const queues = new Queues(machine.folder('queues'), (line) => machine.log(line));
    return {
      variables: { AWS_ENDPOINT_URL_SQS: machine.url },
      routes: [new SqsHttp(queues)],
      deploy: (deployment) => {
        declareQueues(deployment, queues);
        return { queues };
      },
      stop: () => queues.close(),
    };
  },
};
