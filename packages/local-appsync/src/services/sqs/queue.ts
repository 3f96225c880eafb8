import { randomUUID } from 'node:crypto';
import { Bell } from '../../shared/bell';
import type { RecordFile } from '../../shared/record-file';
import { invalidReceipt, SqsError } from './errors';
import { type Message, type Outgoing, sizeOf } from './message';
import type { QueueSettings } from './settings';

/** A message on its way to a receiver, and what deletes it. */
export interface Received {
  message: Message;
  receiptHandle: string;
}

export interface QueueNames {
  name: string;
  arn: string;
  url: string;
}

/**
 * A standard queue: at least once, in about the order of sending. A message that is received is invisible for a while
 * and comes back unless it is deleted meanwhile; received too often, it moves to the dead-letter queue.
 * Source: the SQS developer guide, "Visibility timeout" and "Dead-letter queues".
 */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt = Date.now();
  private readonly arrivals = new Bell();

  constructor(
    { name, arn, url }: QueueNames,
    public settings: QueueSettings,
    private readonly file: RecordFile<Message>,
    private readonly byArn: (arn: string) => Queue | undefined,
    private readonly now: () => number = Date.now,
  ) {
    this.name = name;
    this.arn = arn;
    this.url = url;
  }

  /** The message is kept when this returns. Throws SqsError if it is too large, and Error if it can't be stored. */
  send({ delaySeconds = this.settings.delaySeconds, ...outgoing }: Outgoing): Message {
    const { maximumMessageSize: limit } = this.settings;
    if (sizeOf(outgoing) > limit) {
      throw new SqsError(
        'InvalidParameterValueException',
        `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
        'InvalidParameterValue',
      );
    }
    const sentAt = this.now();
    return this.take({ ...outgoing, id: randomUUID(), sentAt, visibleAt: sentAt + delaySeconds * 1000, receives: 0 });
  }

  /** Up to `max` messages that are visible now. */
  receive(max: number, visibilitySeconds = this.settings.visibilityTimeout): Received[] {
    const received: Received[] = [];
    for (const message of this.current()) {
      if (received.length === max) {
        break;
      }
      if (message.visibleAt <= this.now() && !this.giveUp(message)) {
        received.push(this.handOut(message, visibilitySeconds));
      }
    }
    return received;
  }

  /** The same, but waits until there is one; until the time is up, or the signal aborts. */
  async receiveWithin(
    waitSeconds: number,
    max: number,
    visibilitySeconds: number | undefined,
    signal: AbortSignal,
  ): Promise<Received[]> {
    const deadline = this.now() + waitSeconds * 1000;
    for (;;) {
      const received = this.receive(max, visibilitySeconds);
      const left = deadline - this.now();
      if (received.length > 0 || left <= 0 || signal.aborted) {
        return received;
      }
      await this.arrivals.within(Math.min(left, this.untilNextIsVisible()), signal);
    }
  }

  /** Deletes what the handle's receive got, unless it has been received again since. Throws SqsError. */
  delete(receiptHandle: string): void {
    const message = this.receiptOf(receiptHandle);
    if (message) {
      this.file.remove(message.id);
    }
  }

  /** From now on, not from when it was received. Throws SqsError. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.receiptOf(receiptHandle);
    if (!message || message.visibleAt <= this.now()) {
      throw new SqsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    this.take({ ...message, visibleAt: this.now() + seconds * 1000 });
  }

  purge(): void {
    for (const { id } of this.file.all()) {
      this.file.remove(id);
    }
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    const messages = this.current();
    const hidden = messages.filter(({ visibleAt }) => visibleAt > this.now());
    const inFlight = hidden.filter(({ receives }) => receives > 0).length;
    return { visible: messages.length - hidden.length, inFlight, delayed: hidden.length - inFlight };
  }

  close(): void {
    this.file.close();
  }

  /** Takes in a message, new or changed. */
  take(message: Message): Message {
    this.file.put(message);
    this.arrivals.ring();
    return message;
  }

  /** What is there, without what has been there for too long. */
  private current(): Message[] {
    const oldest = this.now() - this.settings.messageRetentionPeriod * 1000;
    return this.file.all().filter(({ id, sentAt }) => {
      const isKept = sentAt > oldest;
      if (!isKept) {
        this.file.remove(id);
      }
      return isKept;
    });
  }

  private handOut(message: Message, visibilitySeconds: number): Received {
    const now = this.now();
    const received: Message = {
      ...message,
      receives: message.receives + 1,
      firstReceivedAt: message.firstReceivedAt ?? now,
      receipt: randomUUID(),
      visibleAt: now + visibilitySeconds * 1000,
    };
    this.file.put(received);
    const handle = [this.arn, received.id, received.receipt].join(' ');
    return { message: received, receiptHandle: Buffer.from(handle).toString('base64') };
  }

  /** Moves a message that has been received often enough to the dead-letter queue. */
  private giveUp(message: Message): boolean {
    const { redrivePolicy } = this.settings;
    const deadLetters = redrivePolicy && this.byArn(redrivePolicy.deadLetterTargetArn);
    if (!deadLetters || message.receives < redrivePolicy.maxReceiveCount) {
      return false;
    }
    // It keeps its age; there first and here no more: a crash between the two doubles it and loses nothing.
    deadLetters.take({ ...message, receipt: undefined, visibleAt: this.now(), deadLetterSource: this.arn });
    this.file.remove(message.id);
    return true;
  }

  /** The message if the handle is of its newest receive. */
  private receiptOf(handle: string): Message | undefined {
    const [arn, id, receipt] = Buffer.from(handle, 'base64').toString().split(' ');
    if (arn !== this.arn || id === undefined || receipt === undefined) {
      throw invalidReceipt(handle);
    }
    const message = this.file.get(id);
    return message?.receipt === receipt ? message : undefined;
  }

  private untilNextIsVisible(): number {
    const next = Math.min(...this.file.all().map(({ visibleAt }) => visibleAt));
    return Math.max(1, next - this.now());
  }
}
