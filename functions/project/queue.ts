import { signedPost, type Signer } from './signed-post';

/**
 * Sends a message to a queue; rejects unless it is kept. Without SQS's client, which each cold start would have to load
 * for what hardly ever happens.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export async function sendMessage(queueUrl: string, body: string, signer: Signer): Promise<void> {
  const message = {
    service: 'sqs',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
    body: JSON.stringify({ QueueUrl: queueUrl, MessageBody: body }),
  };
  const response = await signedPost(new URL('/', queueUrl), message, signer);
  if (!response.ok) {
    throw new Error(`SQS did not take a message: HTTP ${response.status}, ${await response.text()}`);
  }
  // An answer that nobody reads keeps its connection.
  await response.text();
}
