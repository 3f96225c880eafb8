/** Times are seconds, sizes bytes. */
export interface QueueSettings {
  delaySeconds: number;
  maximumMessageSize: number;
  messageRetentionPeriod: number;
  receiveMessageWaitTimeSeconds: number;
  visibilityTimeout: number;
  redrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
}

/** A queue's properties in the template, with CloudFormation's defaults. */
export function queueSettings(properties: Record<string, unknown>): QueueSettings {
  const number = (name: string, otherwise: number) => Number(properties[name] ?? otherwise);
  const policy = properties.RedrivePolicy as
    string | { deadLetterTargetArn: string; maxReceiveCount: unknown } | undefined;
  const redrive = typeof policy === 'string' ? (JSON.parse(policy) as Exclude<typeof policy, string>) : policy;
  return {
    delaySeconds: number('DelaySeconds', 0),
    maximumMessageSize: number('MaximumMessageSize', 1_048_576),
    messageRetentionPeriod: number('MessageRetentionPeriod', 345_600),
    receiveMessageWaitTimeSeconds: number('ReceiveMessageWaitTimeSeconds', 0),
    visibilityTimeout: number('VisibilityTimeout', 30),
    redrivePolicy: redrive && {
      deadLetterTargetArn: String(redrive.deadLetterTargetArn),
      maxReceiveCount: Number(redrive.maxReceiveCount),
    },
  };
}
