/** What the simulation takes for given. Rates are per second, times in seconds. */
export interface Parameters {
  /** Write units of one partition. DynamoDB: 1,000. */
  partitionUnits: number;
  /** Write units of an event: its kilobytes. */
  eventUnits: number;
  /** Partitions of the log at the beginning; a partition that is hot for long is split, unless one ticket makes it so. */
  partitions: number;
  splitAfter: number;
  /** Records of an invocation, and tickets of it that are worked on at a time. */
  batch: number;
  ticketsAtATime: number;
  /** An invocation's own time, the merge of a ticket, and one publish. */
  invoke: number;
  merge: number;
  publish: number;
  /** Write units that a merged ticket takes of an index partition that all tickets share: out of its place and into one. */
  listingUnits: number;
  /** Partition keys that the list of all tickets is spread over; today one. */
  listings: number;
}

export const TODAY: Parameters = {
  partitionUnits: 1_000,
  eventUnits: 2,
  partitions: 4,
  splitAfter: 60,
  batch: 100,
  ticketsAtATime: 10,
  invoke: 0.005,
  merge: 0.01,
  publish: 0.02,
  listingUnits: 2,
  listings: 1,
};

/** Events a second that a shard's projector does, of a batch with so many tickets: tickets in parallel, one's events in turn. */
export function serviceRate(parameters: Parameters, ticketsInBatch: number): number {
  const { batch, ticketsAtATime, invoke, merge, publish } = parameters;
  const tickets = Math.min(batch, ticketsInBatch);
  const each = merge + (batch / tickets) * publish;
  return batch / (invoke + Math.ceil(tickets / ticketsAtATime) * each);
}

/** Merged tickets a second that the list of all tickets takes. */
export function listingRate({ partitionUnits, listingUnits, listings }: Parameters): number {
  return (partitionUnits / listingUnits) * listings;
}
