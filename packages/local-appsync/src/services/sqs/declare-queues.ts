import { Unsupported } from '../../cloudformation/unsupported';
import type { Deployment } from '../../cloudformation/deployment';
import type { Queues } from './queues';
import { queueSettings } from './settings';

/** Makes the deployment's queues. Throws Unsupported. */
export function declareQueues(deployment: Deployment, queues: Queues): void {
  queues.follow(
    deployment.resources('AWS::SQS::Queue').map((resource) => {
      const { physical, properties } = resource;
      if (properties.FifoQueue === true) {
        throw new Unsupported(resource, 'FIFO queues are not run locally');
      }
      const { Arn, QueueName } = physical.attributes;
      return { name: String(QueueName), arn: String(Arn), url: physical.ref, settings: queueSettings(properties) };
    }),
  );
}
