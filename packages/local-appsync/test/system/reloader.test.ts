import { Reloader } from '../../src/system/reloader';
import { StartError } from '../../src/shared/start-error';

/** A reload that waits to be let go, and what was told. */
function reloaderOf() {
  const lines: string[] = [];
  const waiting: { done(changed: boolean): void; fail(error: Error): void }[] = [];
  const reloader = new Reloader({
    reload: () => new Promise<boolean>((done, fail) => waiting.push({ done, fail })),
    log: (line) => lines.push(line),
  });
  return { reloader, lines, waiting };
}

function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

test('nothing is reloaded before it is resumed, and what was asked before is done then', () => {
  const { reloader, waiting } = reloaderOf();
  reloader.request();
  expect(waiting).toHaveLength(0);
  reloader.resume();
  expect(waiting).toHaveLength(1);
});

test('nothing is reloaded that nobody asked for', () => {
  const { reloader, waiting } = reloaderOf();
  reloader.resume();
  expect(waiting).toHaveLength(0);
  reloader.request();
  expect(waiting).toHaveLength(1);
});

test('what is asked during a reload is one more reload after it', async () => {
  const { reloader, waiting } = reloaderOf();
  reloader.resume();
  reloader.request();
  reloader.request();
  reloader.request();
  expect(waiting).toHaveLength(1);
  waiting[0]!.done(true);
  await settled();
  expect(waiting).toHaveLength(2);
  waiting[1]!.done(true);
  await settled();
  expect(waiting).toHaveLength(2);
});

test('a change is told with its time, and sources that say the same are not told', async () => {
  const { reloader, waiting, lines } = reloaderOf();
  reloader.resume();
  reloader.request();
  waiting[0]!.done(false);
  await settled();
  expect(lines).toEqual([]);
  reloader.request();
  waiting[1]!.done(true);
  await settled();
  expect(lines).toEqual([expect.stringMatching(/^Reloaded in \d+\.\d s$/)]);
});

test('what is broken is told in one block, and the next change is taken', async () => {
  const { reloader, waiting, lines } = reloaderOf();
  reloader.resume();
  reloader.request();
  waiting[0]!.fail(new StartError('Query.a is wrong:\nline 1'));
  await settled();
  expect(lines).toEqual(['┌ Not reloaded; what ran before goes on.\n│ Query.a is wrong:\n│ line 1\n└']);
  reloader.request();
  expect(waiting).toHaveLength(2);
});

test('stop waits for the reload that is under way, tells nothing of its end, and lets none follow', async () => {
  const { reloader, waiting, lines } = reloaderOf();
  reloader.resume();
  reloader.request();
  reloader.request();
  let stopped = false;
  const stopping = reloader.stop().then(() => (stopped = true));
  await settled();
  expect(stopped).toBe(false);
  waiting[0]!.fail(new Error('killed'));
  await stopping;
  await settled();
  expect([waiting.length, lines]).toEqual([1, []]);
});
