import { feesOf } from './split-fees';

/** Goal: an order pays the fee of the whole, by however many fills it is filled. */
test('thirty shares one by one cost what they cost at once', async () => {
  expect(await feesOf(true, true)).toBe(await feesOf(false, true));
});

test('where fills are rounded each for itself, they cost more', async () => {
  expect(await feesOf(true, false)).toBeGreaterThan(await feesOf(false, false));
});
