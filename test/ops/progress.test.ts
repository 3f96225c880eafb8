import { SingleBar } from 'cli-progress';
import { Bar } from '../../ops/progress';

describe('a bar', () => {
  let drawn: string[];
  beforeEach(() => {
    drawn = [];
    jest.spyOn(SingleBar.prototype, 'start').mockImplementation((total) => drawn.push(`start of ${total}`));
    jest.spyOn(SingleBar.prototype, 'update').mockImplementation((done) => drawn.push(`update to ${String(done)}`));
    jest.spyOn(SingleBar.prototype, 'stop').mockImplementation(() => drawn.push('stop'));
  });
  afterEach(() => jest.restoreAllMocks());

  test('begins with the first progress, and is gone at the end', () => {
    const bar = new Bar('Verifying', true);
    bar.update(1, 3);
    bar.update(2, 3);
    bar.stop();
    expect(drawn).toEqual(['start of 3', 'update to 1', 'update to 2', 'stop']);
  });

  test('that never began has nothing to end', () => {
    new Bar('Verifying', true).stop();
    expect(drawn).toEqual([]);
  });

  test('is not drawn where nobody sees it', () => {
    const bar = new Bar('Verifying', false);
    bar.update(1, 3);
    bar.stop();
    expect(drawn).toEqual([]);
  });
});
