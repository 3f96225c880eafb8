import { Aborted } from '../../../src/shared/parts';
import { BackgroundCheck } from '../../../src/appsync-js/type-check/background';

const WRONG = 'export function request(ctx) { return util.autoIdd(); }';

const started: BackgroundCheck[] = [];

function checkThat(stays: boolean) {
  const check = new BackgroundCheck(stays);
  started.push(check);
  return check;
}

afterEach(() => Promise.all(started.splice(0).map((check) => check.stop())));

test.each([true, false])('two questions at once get an answer each (the thread stays: %p)', async (stays) => {
  const { find } = checkThat(stays);
  const [first, second] = await Promise.all([find([WRONG]), find(['', WRONG, ''])]);
  expect(first.map((problems) => problems.map(({ rule }) => rule))).toEqual([['TS2551']]);
  expect(second.map((problems) => problems.length)).toEqual([0, 1, 0]);
});

test('a check that is stopped rejects, and another can begin', async () => {
  const check = checkThat(true);
  const stopped = expect(check.find([WRONG])).rejects.toThrow(Aborted);
  // Not before the thread has the question.
  await Promise.resolve();
  await check.stop();
  await stopped;
  expect(await check.find([''])).toEqual([[]]);
});

test('what goes wrong in the thread is told, and the next check has another thread', async () => {
  const check = checkThat(true);
  await expect(check.find([undefined as unknown as string])).rejects.toThrow(/^Cannot read properties of undefined/);
  expect(await check.find([''])).toEqual([[]]);
});
