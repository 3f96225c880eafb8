// Jest's TypeScript: esbuild, which the project uses anyway. Types are tsc's job (npm run check).
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const options = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline' };

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha256').update(JSON.stringify([version, options, file, source])).digest('hex'),
  process: (source, file) => ({
    code: transformSync(source, { ...options, sourcefile: file }).code,
  }),
};
