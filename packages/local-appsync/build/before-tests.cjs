const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

// Jest's global setup: tests run from src/, but realms, threads and functions run files of dist/.
module.exports = () => {
  execFileSync(process.execPath, [join(__dirname, 'main.mjs'), '--code'], { stdio: 'inherit' });
};
