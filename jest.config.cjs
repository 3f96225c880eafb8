const localAppSync = require('./packages/local-appsync/jest.config.cjs');

/** Packages that ship ES modules alone. */
const ES_MODULES = ['jose', 'p-limit', 'yocto-queue'];

const transform = '<rootDir>/packages/local-appsync/test/support/transform.cjs';

const common = {
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/packages/local-appsync/test/support/patience.cjs'],
  transform: { '\\.ts$': transform, [`node_modules/(${ES_MODULES.join('|')})/.+\\.js$`]: transform },
  transformIgnorePatterns: [`node_modules/(?!(${ES_MODULES.join('|')})/)`],
};

/** Tests that start whole processes and take seconds share one synthesized assembly. */
const globalSetup = '<rootDir>/test/support/synthesize.cjs';

function inFolders(folders) {
  return folders.map((folder) => `<rootDir>/${folder}/**/*.test.ts`);
}

const PRODUCT = ['test/loop', 'test/faults', 'test/web'];

/** Of test/ops, what needs an engine or the running system. */
const RUNNING_OPS = '<rootDir>/test/ops/(command-line|log|rebuild|scan|verify).test.ts';

/** Of test/loop, what takes more than some ten seconds, and depends little on how resolver code is read. */
const SLOW = ['capacity', 'catch-up', 'clients', 'contest', 'logs', 'prod', 'rebuild'];

/** @type {import('jest').Config} */
module.exports = {
  // Most of what takes long waits for other processes.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/packages/local-appsync/build/before-tests.cjs',
  globalTeardown: '<rootDir>/packages/local-appsync/build/after-tests.cjs',
  reporters: ['default', '<rootDir>/tools/jest/slowest-tests.cjs'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      globals: { PATIENCE_SECONDS: 60 },
      setupFiles: ['<rootDir>/test/support/no-validation.cjs'],
      testMatch: inFolders(['test']),
      testPathIgnorePatterns: ['/node_modules/', ...PRODUCT.map((folder) => `<rootDir>/${folder}/`), RUNNING_OPS],
    },
    {
      // The product must work whatever of AppSync's reported differences from JavaScript is true: here all are.
      ...common,
      displayName: 'system',
      testMatch: [...inFolders(PRODUCT), RUNNING_OPS],
      globals: { PATIENCE_SECONDS: 120, SEMANTICS: 'strictest' },
      globalSetup,
    },
    {
      // And here none is.
      ...common,
      displayName: 'ecmascript',
      testMatch: inFolders(['test/loop']),
      testPathIgnorePatterns: ['/node_modules/', `<rootDir>/test/loop/(${SLOW.join('|')})\\.test`],
      globals: { PATIENCE_SECONDS: 120, SEMANTICS: 'ecmascript' },
      globalSetup,
    },
    ...localAppSync.projects,
  ],
};
