import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Line, Turns } from '../../../src/services/appsync/execution/turns';

/** A clock that is set forward by what is done. */
function clock() {
  const time = { now: 0 };
  return { time, turns: new Turns(() => time.now) };
}

test('whoever finds the thread free goes on at once', () => {
  const { turns } = clock();
  expect(turns.line().turn()).toBeUndefined();
});

test('the lines of requests take turns, and each keeps its order', async () => {
  const { time, turns } = clock();
  const done: string[] = [];
  const work = async (name: string, line: Line) => {
    await line.turn();
    time.now += 1;
    done.push(name);
  };
  const [many, few] = [turns.line(), turns.line()];
  // Uses the slice up.
  await work('first', many);
  time.now += 10;
  await Promise.all([...['a', 'b', 'c', 'd'].map((name) => work(name, many)), work('x', few), work('y', few)]);
  expect(done).toEqual(['first', 'a', 'x', 'b', 'y', 'c', 'd']);
});

test('between two slices the process looks at other events', async () => {
  const { time, turns } = clock();
  const line = turns.line();
  const events: string[] = [];
  const work = async (name: string) => {
    await line.turn();
    time.now += 3;
    events.push(name);
  };
  // Uses the slice up.
  await work('a');
  await work('b');
  const all = Promise.all(['c', 'd', 'e', 'f'].map(work));
  await nextTurn();
  events.push('other');
  await all;
  expect(events).toEqual(['a', 'b', 'c', 'd', 'other', 'e', 'f']);
});

test('what waits for a later turn starts no timer', async () => {
  const { time, turns } = clock();
  await turns.line().turn();
  time.now += 10;
  await turns.line().turn();
  await nextTurn();
  expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Immediate')).toEqual([]);
});
