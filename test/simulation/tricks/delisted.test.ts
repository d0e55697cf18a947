import { delistedCoin } from './delisted';

/** Goal: a coin that its venue lists no more is no trap: whoever holds it ends as who sold it in time. */
test('the holder of a delisted coin is paid its last price, and passes', async () => {
  const { holder, twin } = await delistedCoin(true);
  expect([holder.status, holder.positions, twin.status]).toEqual(['passed', 0, 'passed']);
});

test('where nothing settles it the holder is stuck with it, and waits for a price that nobody shows', async () => {
  const { holder, twin } = await delistedCoin(false);
  expect([holder.status, holder.positions, twin.status]).toEqual(['active', 1, 'passed']);
});
