import { DescribeStreamCommand, type DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';

export interface Shard {
  id: string;
  parentId: string | undefined;
}

/** All shards of a stream, whatever the number of pages. */
export async function listShards(streams: DynamoDBStreamsClient, streamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let lastShardId: string | undefined;
  do {
    const { StreamDescription: page } = await streams.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: lastShardId }),
    );
    for (const { ShardId, ParentShardId } of page?.Shards ?? []) {
      if (ShardId) {
        shards.push({ id: ShardId, parentId: ParentShardId });
      }
    }
    lastShardId = page?.LastEvaluatedShardId;
  } while (lastShardId);
  return shards;
}

/**
 * The shards that may be read now: a shard follows its parent, unless the parent has been trimmed from
 * the stream, so that an item's records keep their order when a shard is split.
 */
export function readableShards(shards: Shard[], isFinished: (shardId: string) => boolean): Shard[] {
  const listed = new Set(shards.map((shard) => shard.id));
  return shards.filter(
    ({ id, parentId }) => !isFinished(id) && (parentId === undefined || !listed.has(parentId) || isFinished(parentId)),
  );
}
