/** The domain's tests alone, for the mutants of `npm run mutate`. */
module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/domain', '<rootDir>/test/domain', '<rootDir>/test/mutation'],
  transform: { '^.+\\.(t|j)s$': ['@swc/jest', { jsc: { target: 'es2023' } }] },
  testEnvironment: require.resolve('./first-failure.cjs'),
  testMatch: ['<rootDir>/test/mutation/whole-domain.test.ts'],
};
