import { attributesDigest, bodyDigest } from './digest';
import { type Input, texts } from './input';
import type { Message, MessageAttribute } from './message';
import type { Queue, Received } from './queue';

/** What the sender of a message is told. */
export function sent({ id, body, attributes }: Message) {
  return {
    MessageId: id,
    MD5OfMessageBody: bodyDigest(body),
    ...(attributes && { MD5OfMessageAttributes: attributesDigest(attributes) }),
  };
}

/** Names of attributes, the queue's own and those of senders. */
interface AskedFor {
  system: string[];
  custom: string[];
}

/** What a receiver wants to see of messages. Throws SqsError. */
export function askedFor(input: Input): AskedFor {
  return {
    system: [...texts(input, 'AttributeNames'), ...texts(input, 'MessageSystemAttributeNames')],
    custom: texts(input, 'MessageAttributeNames'),
  };
}

/** What a receiver gets, with the attributes that it asked for. */
export function received({ message, receiptHandle }: Received, asked: AskedFor) {
  const attributes = pick(systemAttributes(message), asked.system);
  const custom = pick(message.attributes ?? {}, asked.custom);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: bodyDigest(message.body),
    Body: message.body,
    ...(attributes && { Attributes: attributes }),
    ...(custom && { MessageAttributes: custom, MD5OfMessageAttributes: attributesDigest(custom) }),
  };
}

/** What the queue knows of a message; all values are text. */
export function systemAttributes(message: Message): Record<string, string> {
  const { receives, firstReceivedAt, sentAt, deadLetterSource, traceHeader } = message;
  return {
    SenderId: 'local',
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receives),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    ...(deadLetterSource !== undefined && { DeadLetterQueueSourceArn: deadLetterSource }),
    ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
  };
}

/** `All`, `.*`, a name, or the beginning of names as `prefix.*`. Undefined where nothing is left. */
function pick<T extends string | MessageAttribute>(
  all: Record<string, T>,
  names: string[],
): Record<string, T> | undefined {
  const isWanted = (name: string) =>
    names.some((asked) =>
      asked === 'All' || asked === '.*'
        ? true
        : asked.endsWith('.*')
          ? name.startsWith(asked.slice(0, -1))
          : name === asked,
    );
  const picked = Object.entries(all).filter(([name]) => isWanted(name));
  return picked.length > 0 ? Object.fromEntries(picked) : undefined;
}

/** Everything that can be asked about a queue; all values are text. */
export function queueAttributes(queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts();
  const { settings, createdAt, arn } = queue;
  const created = String(Math.floor(createdAt / 1000));
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    VisibilityTimeout: String(settings.visibilityTimeout),
    MaximumMessageSize: String(settings.maximumMessageSize),
    MessageRetentionPeriod: String(settings.messageRetentionPeriod),
    DelaySeconds: String(settings.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveMessageWaitTimeSeconds),
    SqsManagedSseEnabled: 'true',
    ...(settings.redrivePolicy && { RedrivePolicy: JSON.stringify(settings.redrivePolicy) }),
  };
}
