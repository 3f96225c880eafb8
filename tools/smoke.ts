import { connect, Refused } from './smoke/client';
import { Failed } from './smoke/expect';
import { loop } from './smoke/loop';
import { Report } from './smoke/report';
import { Story } from './smoke/story';
import { targetOf } from './smoke/target';

/** Answers whether all was right. */
async function main(): Promise<boolean> {
  const target = targetOf(process.argv.slice(2), process.env);
  console.log(`${target.endpoint}, as ${target.caller.as === 'apiKey' ? 'an API key' : 'a user'}`);
  const client = await connect(target);
  const start = performance.now();
  const report = new Report((line) =>
    console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${line}`),
  );
  const story = new Story(client);
  await loop(story, report).finally(() => story.end());
  await client.close();
  if (report.differences.length > 0) {
    console.error(['The loop works, but AppSync differs from what it needs:', ...report.differences].join('\n  '));
    return false;
  }
  console.log('The loop works.');
  return true;
}

// Node also exits when nothing is left to wait for. Nothing has been shown then.
process.exitCode = 1;
main().then(
  // Amplify's connection waits for another subscription.
  (isAllRight) => process.exit(isAllRight ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Failed || error instanceof Refused ? error.message : error);
    process.exit(1);
  },
);
