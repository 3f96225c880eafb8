import { HttpError } from '../../endpoint/http-error';

/** What SQS answers a request that it refuses. */
export class SqsError extends HttpError {
  constructor(
    /** The shape's name in the JSON protocol. */
    type: string,
    message: string,
    /** Its name in the older query protocol, by which code that is older knows it. */
    readonly queryCode = `AWS.SimpleQueueService.${type}`,
  ) {
    super(400, type, message);
  }
}

export function noQueue() {
  return new SqsError(
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    'AWS.SimpleQueueService.NonExistentQueue',
  );
}

export function invalidReceipt(handle: string) {
  return new SqsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
    'ReceiptHandleIsInvalid',
  );
}

export function invalidValue(message: string) {
  return new SqsError('InvalidParameterValueException', message, 'InvalidParameterValue');
}

export function missingParameter(name: string) {
  return new SqsError(
    'MissingParameterException',
    `The request must contain the parameter ${name}.`,
    'MissingParameter',
  );
}

export function unsupported(message: string) {
  return new SqsError('UnsupportedOperation', message);
}
