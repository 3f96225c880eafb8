const { execFileSync } = require('node:child_process');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

// Synthesizes the guestbook once for all tests that run it. Not by npx, which works in the folder of the package.
module.exports = () => {
  const app = join(__dirname, '..', 'fixtures', 'guestbook');
  const assembly = join(__dirname, '..', '..', '.cache', 'guestbook');
  mkdirSync(assembly, { recursive: true });
  const cdk = require.resolve('aws-cdk/bin/cdk');
  execFileSync(process.execPath, [cdk, 'synth', '--quiet', '--output', assembly], { cwd: app, stdio: 'pipe' });
  process.env.GUESTBOOK_ASSEMBLY = assembly;
};
