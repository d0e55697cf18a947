/** The domain's tests alone, for the mutants of `npm run mutate`. */
module.exports = {
  rootDir: '../..',
  transform: { '^.+\\.(t|j)s$': ['@swc/jest', { jsc: { target: 'es2023' } }] },
  testMatch: ['<rootDir>/test/domain/**/*.test.ts'],
};
