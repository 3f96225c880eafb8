import { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const [id, body, endpoint, apiKey] = new Command('node examples/comment.mjs')
  .description('Comments on a ticket, once, through lost answers and races with others.')
  .argument('<id>', 'of the ticket')
  .argument('<body>', 'what to say')
  .argument('[endpoint]', 'of the API', 'http://localhost:4000/graphql')
  .argument('[key]', "the API's key", 'da2-local')
  .showHelpAfterError()
  .parse().processedArgs;

const query = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { version } }';
// With the same id, the API carries a comment out once, however often it is sent.
const input = { id, body, commandId: randomUUID() };
const MOST_ATTEMPTS = 8;

for (let attempt = 1; ; attempt += 1) {
  const { data, errors } = await send();
  if (!errors) {
    console.log(`Stored as version ${data.addComment.version}.`);
    break;
  }
  const [{ errorType, message }] = errors;
  if (attempt === MOST_ATTEMPTS || (errorType !== 'VersionConflict' && errorType !== undefined)) {
    console.error(message);
    process.exitCode = 1;
    break;
  }
  await pause(Math.random() * 100 * 2 ** attempt);
}

/** The answer; without one an error that has no type. */
async function send() {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
      body: JSON.stringify({ query, variables: { input } }),
    });
    return await response.json();
  } catch (error) {
    return { errors: [{ message: `No answer: ${error.message}` }] };
  }
}
