const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { makeMemoryFolder } = require('./memory-folder.cjs');

// Jest's global setup.
module.exports = () => {
  // Tests run from src/, but realms, threads and functions run files of dist/.
  execFileSync(process.execPath, [join(__dirname, 'main.mjs'), '--code'], { stdio: 'inherit' });
  // Said by whoever runs the tests, it stands.
  if (process.env.TMPDIR === undefined) {
    const folder = makeMemoryFolder();
    if (folder !== undefined) {
      process.env.TMPDIR = folder;
      process.env.TESTS_MEMORY_FOLDER = folder;
    }
  }
};
