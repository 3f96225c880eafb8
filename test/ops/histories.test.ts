import { createHash } from 'node:crypto';
import { historyOf } from '../../ops/histories';

test('the facts of a seed are the same for ever', () => {
  const facts = Array.from({ length: 100 }, (_, n) =>
    historyOf(1, n).map(({ type, actor, at, reason, data }) => [type, actor, at, reason, data]),
  );
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  // Loads that were interrupted go on, and figures of benches can be compared, only while this stays.
  expect(digest).toBe('ab91ea732c314a824babfd750b99b0d2fe217f6500764665c2e1baa58ef409ce');
});
