import { lossOfTwoDays } from './two-editions';

/** Goal: every process cuts a day where the rules say that it is cut. */
test('a loss after midnight is one of the new day', async () => {
  expect(await lossOfTwoDays(true)).toBe('active');
});

test('by the clocks of an older edition it is one of the day before, and fails', async () => {
  expect(await lossOfTwoDays(false)).toBe('failed');
});
