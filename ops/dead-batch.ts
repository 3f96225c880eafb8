/** What Lambda tells of a batch that it gave up on. */
export interface DeadBatch {
  streamArn: string;
  shardId: string;
  startSequenceNumber: string;
  endSequenceNumber: string;
  approximateArrivalOfFirstRecord: string;
  approximateArrivalOfLastRecord: string;
  batchSize?: number;
}

/** The batch that a letter is about; undefined if it is not from the projector. */
export function batchIn(body: string | undefined): DeadBatch | undefined {
  let letter: { DDBStreamBatchInfo?: Partial<DeadBatch> } | null;
  try {
    letter = JSON.parse(body ?? '') as typeof letter;
  } catch {
    return undefined;
  }
  const batch = letter?.DDBStreamBatchInfo;
  const isWhole =
    typeof batch?.streamArn === 'string' &&
    /:table\/.+\/stream\//.test(batch.streamArn) &&
    typeof batch.shardId === 'string' &&
    isSequenceNumber(batch.startSequenceNumber) &&
    isSequenceNumber(batch.endSequenceNumber);
  return isWhole ? (batch as DeadBatch) : undefined;
}

function isSequenceNumber(text: unknown): boolean {
  return typeof text === 'string' && /^\d+$/.test(text);
}
