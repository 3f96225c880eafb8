// Two systems in one process, with data of their own, stopped in the order that the command line asks for. What is
// left running would keep this process from ending.
const { execFileSync } = require('node:child_process');
const { readdirSync, mkdtempSync } = require('node:fs');
const { join } = require('node:path');
const { startLocalAppSync } = require('local-appsync');

const [assembly, folder, ...order] = process.argv.slice(2);

async function ask({ url, apiKeys }, query) {
  const headers = { 'x-api-key': apiKeys[0] };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await response.json()).data;
}

async function main() {
  process.env.TMPDIR = mkdtempSync(join(folder, 'tmp-'));
  const log = () => undefined;
  const start = (data) => startLocalAppSync({ assembly, data, log });
  const systems = await Promise.all([start(join(folder, order[0])), start(undefined)]);
  await ask(systems[0], 'mutation { sign(guest: "ann", words: "first") { id } }');
  await ask(systems[1], 'mutation { sign(guest: "ann", words: "second") { id } }');
  await Promise.all(systems.map((system) => system.caughtUp()));

  const seen = [];
  for (const which of order.map(Number)) {
    const other = systems[1 - which];
    await systems[which].stop();
    seen.push(await ask(other, '{ entries(guest: "ann") { words } visits(guest: "ann") }').catch(() => 'gone'));
  }
  const children = execFileSync('ps', ['-o', 'args=', '--ppid', process.pid], { encoding: 'utf8' }).trim().split('\n');
  const running = children.filter((args) => !args.startsWith('ps '));
  console.log(JSON.stringify({ seen, temporary: readdirSync(process.env.TMPDIR), running }));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
