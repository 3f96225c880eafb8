import { Mark } from '../../client/mark';

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

describe('the mark of what is known', () => {
  test('asks for what came half a minute before it too, as clocks and indexes differ by moments', () => {
    expect(new Mark(at(60)).updatedSince).toBe(at(30));
  });

  test('moves forward, never backward, and not to what is no time', () => {
    const mark = new Mark(at(60));
    mark.reach(at(90));
    mark.reach(at(80));
    mark.reach('');
    expect(mark.updatedSince).toBe(at(60));
    mark.reach(at(120), 10_000);
    expect(mark.updatedSince).toBe(at(80));
  });

  test('asks for everything if the server knew of nothing', () => {
    const mark = new Mark(null);
    expect(mark.updatedSince).toBeUndefined();
    expect(new Mark().updatedSince).toBeUndefined();
    mark.reach(at(60));
    expect(mark.updatedSince).toBe(at(30));
  });

  test('is never in the future: a ticket with such a time would hide all changes until then', () => {
    const before = Date.now();
    const mark = new Mark('2999-01-01T00:00:00Z');
    mark.reach('2999-01-01T00:00:00Z');
    expect(Date.parse(mark.updatedSince!)).toBeGreaterThanOrEqual(before - 30_000);
    expect(Date.parse(mark.updatedSince!)).toBeLessThanOrEqual(Date.now() - 30_000);
  });

  test('tells what should have been heard long ago', () => {
    const mark = new Mark(at(60));
    expect([at(29), at(30), at(90)].map((time) => mark.isPast(time))).toEqual([true, false, false]);
  });

  test('does not begin at what is no time', () => {
    expect(() => new Mark('yesterday')).toThrow(RangeError);
  });
});
