// Jest's TypeScript, and its ES modules: esbuild, which the project uses anyway. Types are tsc's job.
const { createHash } = require('node:crypto');
const { extname } = require('node:path');
const { transformSync, version } = require('esbuild');

const options = { format: 'cjs', target: 'node20', sourcemap: 'inline' };

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha256')
      .update(JSON.stringify([version, options, file, source]))
      .digest('hex'),
  process: (source, file) => ({
    code: transformSync(source, { ...options, loader: extname(file).slice(1), sourcefile: file }).code,
  }),
};
