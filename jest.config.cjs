const common = {
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.cjs'],
  transform: {
    '\\.ts$': '<rootDir>/test/support/transform.cjs',
    // Packages that ship ES modules alone.
    'node_modules/(p-limit|yocto-queue|jose)/.+\\.js$': '<rootDir>/test/support/transform.cjs',
  },
  transformIgnorePatterns: ['node_modules/(?!(p-limit|yocto-queue|jose)/)'],
};

/** Tests that start whole processes and take seconds share one synthesized assembly. */
const globalSetup = '<rootDir>/test/support/synthesize.cjs';
const inFolders = (folders) => folders.map((folder) => `<rootDir>/${folder}/**/*.test.ts`);

const PRODUCT = ['test/loop', 'test/faults', 'test/ops', 'test/web'];
const PACKAGE = 'packages/local-appsync/test';
const RUNTIME = ['system', 'clients', 'services/dynamodb/engine', 'services/appsync/data-sources'].map(
  (room) => `${PACKAGE}/${room}`,
);

/** Of test/loop, what takes more than some ten seconds, and depends little on how resolver code is read. */
const SLOW = ['capacity', 'catch-up', 'clients', 'contest', 'logs', 'prod', 'rebuild'];

/** @type {import('jest').Config} */
module.exports = {
  // Most of what takes long waits for other processes.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/packages/local-appsync/build/before-tests.cjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: inFolders(['test', PACKAGE]),
      testPathIgnorePatterns: ['/node_modules/', ...[...PRODUCT, ...RUNTIME].map((folder) => `<rootDir>/${folder}/`)],
    },
    {
      // The product must work whatever of AppSync's reported differences from JavaScript is true: here all are.
      ...common,
      displayName: 'system',
      testMatch: inFolders(PRODUCT),
      globals: { SEMANTICS: 'strictest' },
      globalSetup,
    },
    {
      // And here none is.
      ...common,
      displayName: 'ecmascript',
      testMatch: inFolders(['test/loop']),
      testPathIgnorePatterns: ['/node_modules/', `<rootDir>/test/loop/(${SLOW.join('|')})\\.test`],
      globals: { SEMANTICS: 'ecmascript' },
      globalSetup,
    },
    { ...common, displayName: 'runtime', testMatch: inFolders(RUNTIME), globalSetup },
  ],
};
