import { join } from 'node:path';
import { RecordFile } from '../../shared/record-file';
import { isMessage } from './message';
import { Queue, type QueueNames } from './queue';
import type { QueueSettings } from './settings';

export interface QueueDefinition extends QueueNames {
  settings: QueueSettings;
}

/** The queues of a deployment. Their messages are kept in a folder, a file a queue. */
export class Queues {
  private readonly open = new Map<string, Queue>();

  /** @param log hears of messages that can't be read */
  constructor(
    private readonly directory: string,
    private readonly log: (line: string) => void,
  ) {}

  /** Makes the queues what the definitions say. Messages stay, also those of a queue that goes and comes again. */
  follow(definitions: QueueDefinition[]): void {
    const wanted = new Set(definitions.map(({ arn }) => arn));
    for (const [arn, queue] of this.open) {
      if (!wanted.has(arn)) {
        queue.close();
        this.open.delete(arn);
      }
    }
    for (const { settings, ...names } of definitions) {
      const queue = this.open.get(names.arn);
      if (queue) {
        queue.settings = settings;
      } else {
        const path = join(this.directory, `${encodeURIComponent(names.name)}.jsonl`);
        const file = new RecordFile(path, { accepts: isMessage, log: this.log });
        this.open.set(names.arn, new Queue(names, settings, file, (arn) => this.byArn(arn)));
      }
    }
  }

  all(): Queue[] {
    return [...this.open.values()];
  }

  byArn(arn: string): Queue | undefined {
    return this.open.get(arn);
  }

  byName(name: string): Queue | undefined {
    return this.all().find((queue) => queue.name === name);
  }

  /** Whatever name of this machine the client uses. */
  byUrl(url: string): Queue | undefined {
    return this.all().find((queue) => pathOf(queue.url) === pathOf(url));
  }

  close(): void {
    this.follow([]);
  }
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
