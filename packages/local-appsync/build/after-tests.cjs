const { rmSync } = require('node:fs');

// Jest's global teardown.
module.exports = () => {
  const folder = process.env.TESTS_MEMORY_FOLDER;
  if (folder !== undefined) {
    rmSync(folder, { recursive: true, force: true });
    // In watch mode the next run makes another.
    delete process.env.TESTS_MEMORY_FOLDER;
    delete process.env.TMPDIR;
  }
};
