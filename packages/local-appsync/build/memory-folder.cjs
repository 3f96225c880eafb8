const { mkdirSync, readdirSync, rmSync, statfsSync } = require('node:fs');
const { join } = require('node:path');

/** Where Linux keeps files in memory. A container may have little of it. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 30;
const NAME = /^local-appsync-tests-(\d+)$/;

/** A folder for what a run of the tests writes and nobody keeps: each write that DynamoDB's engine waits for costs no disk. */
exports.makeMemoryFolder = () => {
  if (!hasRoom()) {
    return undefined;
  }
  removeOfKilledRuns();
  const folder = join(MEMORY, `local-appsync-tests-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  return folder;
};

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

function removeOfKilledRuns() {
  for (const name of readdirSync(MEMORY)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(join(MEMORY, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
