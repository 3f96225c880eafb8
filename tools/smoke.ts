import { connect, Refused } from './smoke/client';
import { Failed, loop } from './smoke/loop';
import { targetOf, USAGE, UsageError } from './smoke/target';

/** npm run smoke: takes a ticket through the loop of a running deployment. */
async function main(): Promise<void> {
  const target = targetOf(process.argv.slice(2), process.env);
  console.log(`${target.endpoint}, as ${target.caller.as === 'apiKey' ? 'an API key' : 'a user'}`);
  const client = await connect(target);
  const start = performance.now();
  await loop(client, (step) =>
    console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${step}`),
  );
  await client.close();
  console.log('The loop works.');
}

main().then(
  // Amplify's connection waits for another subscription.
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
    } else {
      console.error(error instanceof Failed || error instanceof Refused ? error.message : error);
    }
    process.exit(1);
  },
);
