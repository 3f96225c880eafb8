import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  MessageNotInflight,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Deployment } from './deployment';

/** How long a letter is hidden from others while this one and those after it are worked on. */
const VISIBILITY_SECONDS = 60;

export type Letter = Message & { MessageId: string };

/** The queue of dead letters, from which each letter comes once. Whoever takes letters puts back what is left of them. */
export class Letters {
  /** Those that were taken and not removed, with the handle of when they were received last. */
  private readonly held = new Map<string, Letter>();
  private readonly removed = new Set<string>();

  constructor(private readonly deployment: Deployment) {}

  get kept(): number {
    return this.held.size;
  }

  /**
   * The next letter that was not taken before; undefined if there is none. A letter that was held for too long shows
   * again: it is hidden once more by being received. The queue has no other letter if it gives nothing, or those alone.
   */
  async next(): Promise<Letter | undefined> {
    for (let again = 0; again <= this.held.size + this.removed.size; again += 1) {
      const letter = await this.receive();
      if (letter === undefined) {
        return undefined;
      }
      const isNew = !this.held.has(letter.MessageId) && !this.removed.has(letter.MessageId);
      this.held.set(letter.MessageId, letter);
      if (isNew) {
        return letter;
      }
      if (this.removed.has(letter.MessageId)) {
        await this.remove(letter);
      }
    }
    return undefined;
  }

  /** Deletes a letter from the queue. SQS may deliver it once more all the same. */
  async remove({ MessageId }: Letter): Promise<void> {
    const { sqs, deadLetters: QueueUrl } = this.deployment;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: this.held.get(MessageId)?.ReceiptHandle }));
    this.held.delete(MessageId);
    this.removed.add(MessageId);
  }

  /** Shows the letters that are held to others at once. Throws the first error after it has tried all. */
  async putBack(): Promise<void> {
    const results = await Promise.allSettled([...this.held.values()].map((letter) => this.show(letter)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) {
      throw failed.reason;
    }
  }

  private async receive(): Promise<Letter | undefined> {
    const { sqs, deadLetters } = this.deployment;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLetters,
        MaxNumberOfMessages: 1,
        VisibilityTimeout: VISIBILITY_SECONDS,
        WaitTimeSeconds: 1,
      }),
    );
    return Messages[0] as Letter | undefined;
  }

  private async show({ ReceiptHandle }: Letter): Promise<void> {
    const { sqs, deadLetters: QueueUrl } = this.deployment;
    try {
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    } catch (error) {
      if (!(error instanceof MessageNotInflight)) {
        throw error;
      }
      // It shows already.
    }
  }
}
