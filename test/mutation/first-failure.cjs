const { TestEnvironment } = require('jest-environment-node');

/** The first test that fails has judged the mutant: the others are skipped. */
module.exports = class FirstFailure extends TestEnvironment {
  hasFailed = false;

  handleTestEvent(event) {
    if (event.name === 'test_start' && this.hasFailed) event.test.mode = 'skip';
    if (event.name === 'test_done' && event.test.errors.length > 0) this.hasFailed = true;
  }
};
