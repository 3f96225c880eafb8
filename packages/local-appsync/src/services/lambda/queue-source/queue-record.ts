import { REGION } from '../../../cloudformation/account';
import { bodyDigest } from '../../sqs/digest';
import type { MessageAttribute } from '../../sqs/message';
import { systemAttributes } from '../../sqs/output';
import type { Received } from '../../sqs/queue';

/**
 * A message as a function gets it.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function queueRecord({ message, receiptHandle }: Received, queueArn: string) {
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes ?? {}).map(([name, attribute]) => [name, asLambdaHasIt(attribute)]),
    ),
    md5OfBody: bodyDigest(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

function asLambdaHasIt({ DataType, StringValue, BinaryValue }: MessageAttribute) {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
