/** Packages that ship ES modules alone. */
const ES_MODULES = ['chokidar', 'jose', 'p-limit', 'readdirp', 'yocto-queue'];

/** What starts whole processes. */
const RUNTIME = ['system', 'clients', 'services/dynamodb/engine', 'services/appsync/data-sources'];
/** What installs the package as a user does. */
const PACKED = ['package/package.test.ts'];

const transform = '<rootDir>/test/support/transform.cjs';

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.cjs'],
  transform: { '\\.ts$': transform, [`node_modules/(${ES_MODULES.join('|')})/.+\\.js$`]: transform },
  transformIgnorePatterns: [`node_modules/(?!(${ES_MODULES.join('|')})/)`],
};

/** @type {import('jest').Config} */
module.exports = {
  globalSetup: '<rootDir>/build/before-tests.cjs',
  globalTeardown: '<rootDir>/build/after-tests.cjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      globals: { PATIENCE_SECONDS: 60 },
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...[...RUNTIME, ...PACKED].map((path) => `<rootDir>/test/${path}`)],
    },
    {
      ...common,
      displayName: 'runtime',
      globals: { PATIENCE_SECONDS: 120 },
      testMatch: RUNTIME.map((room) => `<rootDir>/test/${room}/**/*.test.ts`),
      globalSetup: '<rootDir>/test/support/synthesize.cjs',
    },
    {
      ...common,
      displayName: 'package',
      globals: { PATIENCE_SECONDS: 300 },
      testMatch: PACKED.map((path) => `<rootDir>/test/${path}`),
    },
  ],
};
