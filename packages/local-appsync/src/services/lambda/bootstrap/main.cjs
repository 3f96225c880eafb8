'use strict';
// What runs inside an execution environment: loads the handler, then serves one invocation after another
// over the IPC channel. Plain JavaScript, so that the process starts without a loader.
const { Worker } = require('node:worker_threads');
const { contextOf } = require('./context.cjs');
const { describe } = require('./describe.cjs');
const { loadHandler } = require('./load-handler.cjs');
const { run } = require('./run.cjs');

/** @typedef {{ requestId: string, event: string, deadline: number }} Invocation */

const send = process.send.bind(process);
// Lambda's processes have no such channel, and a handler that asks must hear so.
process.send = undefined;
delete process.env.NODE_CHANNEL_FD;

function die() {
  return process.kill(-process.pid, 'SIGKILL');
}

process.on('disconnect', die);
// 'disconnect' waits for the event loop; this thread ends a handler that never gives it back. It is told
// who the parent is, which may be gone before the thread could look.
const parent = Number(process.argv.pop());
new Worker(`setInterval(() => process.ppid === ${parent} || process.kill(-process.pid, 'SIGKILL'), 500);`, {
  eval: true,
  env: {},
  execArgv: [],
}).unref();

/** The invocation under way, if any. */
let current;

// As on Lambda: the invocation fails and the environment is not used again.
function crash(error) {
  return fail(error, () => process.exit(128));
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', (reason) =>
  crash(
    Object.assign(new Error(String(reason)), {
      name: 'Runtime.UnhandledPromiseRejection',
      stack: reason?.stack,
    }),
  ),
);

function fail(error, then) {
  const requestId = current?.requestId;
  current = undefined;
  if (requestId === undefined) {
    // Between two invocations nobody is there to hear but the log.
    console.error(error);
    return then();
  }
  send({ type: 'failure', requestId, error: describe(error) }, then);
}

function answer(value) {
  let payload;
  try {
    payload = JSON.stringify(value) ?? 'null';
  } catch (error) {
    return fail(new Error(`Unable to stringify response body: ${error.message}`));
  }
  const { requestId } = current;
  current = undefined;
  send({ type: 'answer', requestId, payload });
}

/** @param {Invocation} invocation */
function serve(handler, invocation) {
  current = invocation;
  const mine = (then) => (value) => current === invocation && then(value);
  run(handler, JSON.parse(invocation.event), contextOf(invocation), mine(answer), mine(fail));
}

loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER).then(
  (handler) => {
    process.on('message', (invocation) => serve(handler, invocation));
    send({ type: 'ready' });
  },
  (error) => send({ type: 'failure', error: describe(error) }),
);
