import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PROGRESS_KEY } from '../functions/project/progress';
import type { Deployment } from './deployment';

/** Watches how far the projector comes, which it notes while it is behind. */
export class ProjectorProgress {
  /** Shards note their positions in turns, and a batch that is retried notes the same one again. */
  private readonly seen = new Set<string>();

  constructor(private readonly deployment: Deployment) {}

  /** Whether it has come to where no earlier look found it. */
  async hasMoved(): Promise<boolean> {
    const { dynamodb, view } = this.deployment;
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: view, Key: PROGRESS_KEY, ConsistentRead: true }),
    );
    const position = Item?.position?.S;
    if (position === undefined || this.seen.has(position)) {
      return false;
    }
    this.seen.add(position);
    return true;
  }
}
