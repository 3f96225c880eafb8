import { catchUp } from '../../src/system/catch-up';

const never = new Promise<void>(() => undefined);

test('a start waits until all has been handled', async () => {
  const told: string[] = [];
  let handle!: () => void;
  const caughtUp = new Promise<void>((resolve) => (handle = resolve));
  const order: string[] = [];
  const waiting = catchUp(caughtUp, (line) => told.push(line)).then(() => order.push('started'));
  order.push('handled');
  handle();
  await waiting;
  expect([order, told]).toEqual([['handled', 'started'], []]);
});

test('but not for ever, and then the log says so', async () => {
  const told: string[] = [];
  await catchUp(never, (line) => told.push(line), 1);
  expect(told).toEqual([expect.stringContaining('have not handled all')]);
});

test('what keeps it from ever being handled is told by whoever waits, and by nobody else', async () => {
  await expect(catchUp(Promise.reject(new Error('stopped')), fail)).rejects.toThrow('stopped');
  let stop!: (error: Error) => void;
  const caughtUp = new Promise<void>((_, reject) => (stop = reject));
  await catchUp(caughtUp, () => undefined, 1);
  // Unhandled, it would end this process.
  stop(new Error('stopped later'));
});

function fail(line: string): void {
  throw new Error(line);
}
