const { execFileSync } = require('node:child_process');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

// Synthesizes the app once for all tests that run it. The folder is named in TICKETS_ASSEMBLY.
module.exports = () => {
  const root = join(__dirname, '..', '..');
  const assembly = join(root, 'generated', 'assembly');
  mkdirSync(assembly, { recursive: true });
  execFileSync('npx', ['cdk', 'synth', '--quiet', '--output', assembly], { cwd: root, stdio: 'pipe' });
  process.env.TICKETS_ASSEMBLY = assembly;
};
