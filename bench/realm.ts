import { inRealm, realm } from './measures/realm';
import { tableOf } from './plot';

// npm run bench:realm: what the realm costs, and whether it keeps anything.

const CALLS = 500_000;

function heap() {
  globalThis.gc?.();
  return (process.memoryUsage().heapUsed / 1e6).toFixed(1);
}

void realm().then((measured) => {
  console.log(tableOf([measured]));
  const before = heap();
  for (let i = 0; i < CALLS; i += 1) {
    inRealm();
  }
  console.log(`\nHeap over ${2 * CALLS} evaluations: ${before} → ${heap()} MB`);
});
