import { Unsupported } from '../../cloudformation/unsupported';
import type { Resource } from '../../cloudformation/deployment';
import type { DiscardMetadata } from './event-source/discard';
import type { Policies } from '../iam/policy';
import type { Queues } from '../sqs/queues';

/**
 * Where a mapping sends the document of each batch that it gives up on: a queue of the assembly. Undefined where it has
 * no destination, or one of a kind that is not run here, which is told. Throws Unsupported.
 */
export function failureDestination(
  mapping: Resource,
  role: Policies | undefined,
  queues: Queues,
  log: (line: string) => void,
): ((metadata: DiscardMetadata) => Promise<void>) | undefined {
  const config = mapping.properties.DestinationConfig as { OnFailure?: { Destination?: string } } | undefined;
  const destination = config?.OnFailure?.Destination;
  if (destination === undefined) {
    return undefined;
  }
  const service = destination.split(':')[2];
  if (service !== 'sqs') {
    log(`its failure destination ${destination} is not run locally: what it gives up on is only told here.`);
    return undefined;
  }
  const queue = queues.byArn(destination);
  if (!queue) {
    throw new Unsupported(mapping, `its failure destination ${destination} is no queue of the assembly`);
  }
  if (role?.allows('sqs:SendMessage', destination) === false) {
    throw new Unsupported(
      mapping,
      `the function's role lacks sqs:SendMessage on its failure destination ${destination}`,
    );
  }
  return (metadata) => {
    const { id } = queue.send({ body: JSON.stringify(metadata) });
    log(`it gave up on ${metadata.DDBStreamBatchInfo.batchSize} records: see message ${id} in the queue ${queue.name}`);
    return Promise.resolve();
  };
}
