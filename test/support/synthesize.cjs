const { join } = require('node:path');
const synthesized = require('../../packages/local-appsync/build/synthesized.cjs');

// Jest's global setup: the product, for all tests that run it.
module.exports = () => {
  const root = join(__dirname, '..', '..');
  process.env.TICKETS_ASSEMBLY = synthesized({
    app: root,
    sources: ['cdk.json', 'schema.graphql', 'domain', 'functions', 'infra', 'resolvers'],
    cache: join(root, 'generated', 'assemblies'),
  });
};
