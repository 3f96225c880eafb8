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

/** Tests that start whole processes and take seconds; those of the product share one synthesized assembly. */
const system = [
  'test/loop',
  'test/faults',
  'test/ops',
  'test/web',
  ...['system', 'clients', 'engine', 'datasource'].map((room) => `test/local/${room}`),
];

/** @type {import('jest').Config} */
module.exports = {
  // Most of what takes long waits for other processes.
  maxWorkers: '100%',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...system.map((folder) => `<rootDir>/${folder}/`)],
    },
    {
      ...common,
      displayName: 'system',
      testMatch: system.map((folder) => `<rootDir>/${folder}/**/*.test.ts`),
      globalSetup: '<rootDir>/test/support/synthesize.cjs',
    },
  ],
};
