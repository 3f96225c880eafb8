import { backoff, Retry } from '../../client/backoff';

describe('the wait before a retry', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ['shortest', 0, [125, 250, 500, 1000]],
    ['longest', 1, [250, 500, 1000, 2000]],
  ])('doubles each time: the %s', (_, chance, waits) => {
    jest.spyOn(Math, 'random').mockReturnValue(chance);
    expect([1, 2, 3, 4].map(backoff)).toEqual(waits);
  });

  test('is 15 s at most', () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    expect(backoff(20)).toBe(15_000);
  });
});

describe('a retry', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function retrying() {
    const waited: number[] = [];
    let acts = 0;
    const retry = new Retry(
      () => (acts += 1),
      (nth) => {
        waited.push(nth);
        return 100;
      },
    );
    return { retry, waited, acts: () => acts };
  }

  test('acts once for all that asked for it meanwhile', () => {
    const { retry, acts } = retrying();
    retry.later();
    retry.later();
    jest.advanceTimersByTime(99);
    expect(acts()).toBe(0);
    jest.advanceTimersByTime(1000);
    expect(acts()).toBe(1);
  });

  test('counts those in a row, and begins anew once one has worked', () => {
    const { retry, waited } = retrying();
    retry.later();
    retry.later();
    retry.worked();
    retry.later();
    expect(waited).toEqual([1, 2, 1]);
  });

  test('that is stopped never acts again', () => {
    const { retry, acts } = retrying();
    retry.later();
    retry.stop();
    retry.later();
    jest.advanceTimersByTime(1000);
    expect(acts()).toBe(0);
  });
});
