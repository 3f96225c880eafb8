import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { StreamFunction } from './stream-function';

export interface TripwireProps {
  events: TableV2;
}

/**
 * Sees each event that is changed or removed. No policy can see to it that a put is conditional, and whoever administers
 * the account can lift every policy; but what was done to the table is in its stream. Lambda filters the records, so
 * the function is never invoked while nothing is wrong. It is the second of the two readers that a stream should have.
 */
export class Tripwire extends Construct {
  readonly function: StreamFunction;

  constructor(scope: Construct, id: string, { events }: TripwireProps) {
    super(scope, id);
    this.function = new StreamFunction(this, 'Function', { name: 'tripwire' });
    this.function.follow(events, ['MODIFY', 'REMOVE'], {
      batchSize: 100,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
    });
  }
}
