import { eventually } from '../support/eventually';
import { post } from '../support/post';
import { RunningSystem } from '../support/running-system';
import { SmallDisk, testOnSmallDisk } from '../support/small-disk';

const SIGN = 'mutation { sign(guest: "ann", words: "hello") { id } }';
const VISITS = '{ visits(guest: "ann") }';

async function visits(system: RunningSystem, count: number) {
  await eventually(
    () => post(system.graphqlUrl, VISITS),
    ({ data }) => data.visits === count,
  );
}

testOnSmallDisk(
  'after kill -9 a system starts on a full disk, has what it had, and writes once there is room',
  async () => {
    const disk = new SmallDisk(64 * 1024 * 1024);
    const systems: RunningSystem[] = [];
    const start = async () => {
      const system = await RunningSystem.start({ data: disk.folder });
      systems.push(system);
      return system;
    };
    try {
      const first = await start();
      await post(first.graphqlUrl, SIGN);
      await visits(first, 1);
      disk.fill();
      await first.killGroup();

      const second = await start();
      await visits(second, 1);
      const refused = await post(second.graphqlUrl, SIGN);
      expect(refused.errors).toEqual([expect.objectContaining({ errorType: 'DynamoDB:InternalServerError' })]);
      disk.free();
      expect((await post(second.graphqlUrl, SIGN)).errors).toBeUndefined();
      await second.stop();

      const third = await start();
      await visits(third, 2);
      await third.stop();
    } finally {
      await Promise.all(systems.map((each) => each.killGroup()));
      disk.remove();
    }
  },
);
