import { latePrint, unseenQueue } from './late-print';

/** Goal: nothing of before an order was there fills it, and nobody is first in a queue that nobody sees. */
test.each([
  ['a trade of before the order, told after it', latePrint],
  ['a price behind all that is shown', unseenQueue],
])('%s fills nothing', async (_, trick) => {
  expect(await trick(true)).toBe(0);
  expect(await trick(false)).toBeGreaterThan(0);
});
