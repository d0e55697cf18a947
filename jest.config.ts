import type { Config } from 'jest';

const transform: NonNullable<Config['transform']> = {
  '^.+\\.(t|j)sx?$': ['@swc/jest', { jsc: { target: 'es2023', transform: { react: { runtime: 'automatic' } } } }],
};

/** Packages that ship ES modules only; everything else in node_modules is left as it is. */
const esModules = [
  'jose',
  'lz4-napi',
  'uuidv7',
  '@middy',
  'hash-wasm',
  'next',
  'elysia',
  '@elysiajs',
  'hyparquet',
  'hyparquet-writer',
];

const shared: Config = {
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  modulePathIgnorePatterns: [
    '<rootDir>/cdk.out',
    '<rootDir>/.local',
    '<rootDir>/.cache',
    '<rootDir>/web/.next',
    '<rootDir>/web/out',
  ],
};

/** Projects that need PostgreSQL, Redis and Kafka share one set of servers, started once for the whole run. */
const withServices: Config = {
  globalSetup: '<rootDir>/test/services/global-setup.ts',
  globalTeardown: '<rootDir>/test/services/global-teardown.ts',
};

/** Stories through the public doors share one whole platform. */
const withPlatform: Config = {
  globalSetup: '<rootDir>/test/system/global-setup.ts',
  globalTeardown: '<rootDir>/test/system/global-teardown.ts',
};

const project = (name: string, extra: Config = {}): Config => ({
  ...shared,
  ...extra,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
});

const config: Config = {
  projects: [
    project('domain'),
    project('contracts'),
    project('usecases'),
    project('engines'),
    project('runtime'),
    project('backtest'),
    project('simulation'),
    project('local'),
    project('web'),
    project('tidy'),
    project('adapters', withServices),
    project('stacks', {
      globalSetup: '<rootDir>/test/stacks/global-setup.ts',
      globalTeardown: '<rootDir>/test/stacks/global-teardown.ts',
    }),
    project('ray'),
    project('system', withPlatform),
    project('browser', withPlatform),
  ],
  testTimeout: 60_000,
};

export default config;
