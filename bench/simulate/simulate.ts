import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { Queue } from './lane';
import { listingRate, type Parameters, serviceRate } from './parameters';

/** Commands a second at a time, over all tickets, and those of one hot ticket beside them. */
export interface Load {
  name: string;
  seconds: number;
  spread(at: number): number;
  hot?(at: number): number;
}

export interface Point {
  at: number;
  /** Commands that wait because a partition of the log is at its limit. */
  throttled: number;
  /** Age of the oldest event that no projector has taken, of the shard that is furthest behind. */
  iteratorAge: number;
  /** Events that are stored and not yet in the view. */
  behind: number;
  /** Units a second of the hottest partition of the log, over what it has. */
  heat: number;
  partitions: number;
}

export interface Totals {
  offered: number;
  stored: number;
  projected: number;
}

const STEP = 0.1;

/**
 * The loop in steps of a tenth of a second: commands are stored as far as the partition of their ticket has units, each
 * partition's stream shard has a projector of its own, and all projectors share the index that lists all tickets. Tickets
 * other than the hot one are spread evenly, with the noise of the seed.
 */
export function simulate(load: Load, parameters: Parameters, seed: number): { points: Point[]; totals: Totals } {
  const generator = xoroshiro128plus(seed);
  const noise = () => (seed === 0 ? 1 : 0.8 + 0.4 * uniformFloat32(generator));
  const commands = { spread: new Queue(), hot: new Queue() };
  const streams = { spread: new Queue(), hot: new Queue() };
  const totals: Totals = { offered: 0, stored: 0, projected: 0 };
  const points: Point[] = [];
  let partitions = parameters.partitions;
  let hotFor = 0;
  for (let step = 0; step * STEP < load.seconds; step += 1) {
    const at = step * STEP;
    const now = at + STEP;
    const offer = (kind: 'spread' | 'hot', rate: number) => {
      const count = rate * STEP * noise();
      totals.offered += count;
      commands[kind].add(at, count);
    };
    offer('spread', load.spread(at));
    offer('hot', load.hot?.(at) ?? 0);

    // The hot ticket shares a partition with its part of the others, and is served first by chance: the worst case for them.
    const perPartition = (parameters.partitionUnits / parameters.eventUnits) * STEP;
    const hot = commands.hot.take(perPartition);
    const spread = commands.spread.take(perPartition * partitions - hot);
    streams.hot.add(at, hot);
    streams.spread.add(at, spread);
    totals.stored += hot + spread;

    const wanted = commands.spread.size + spread;
    hotFor = wanted > perPartition * partitions * 0.95 ? hotFor + STEP : 0;
    if (hotFor >= parameters.splitAfter) {
      partitions *= 2;
      hotFor = 0;
    }

    // A batch of the hot ticket is one ticket; any other has as many as it has events.
    const spreadRate = serviceRate(parameters, parameters.batch) * partitions;
    const hotRate = serviceRate(parameters, 1);
    let listing = listingRate(parameters) * STEP;
    const projectedHot = streams.hot.take(hotRate * STEP);
    // Its events are merged as one.
    listing -= projectedHot / parameters.batch;
    const projectedSpread = streams.spread.take(Math.min(spreadRate * STEP, Math.max(0, listing)));
    totals.projected += projectedHot + projectedSpread;

    points.push({
      at: now,
      throttled: commands.spread.size + commands.hot.size,
      iteratorAge: Math.max(streams.spread.age(now), streams.hot.age(now)),
      behind: streams.spread.size + streams.hot.size,
      heat: Math.max((hot + spread / partitions) / perPartition, 0),
      partitions,
    });
  }
  return { points, totals };
}
