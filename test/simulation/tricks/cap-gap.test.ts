import { capGapTrick, STOP, TRAIL } from './cap-gap';

/** Goal: a gap buys nobody more of an event than its cap allows, at the price that it is bought at. */
test.each`
  order              | gap
  ${'a stop'}        | ${STOP}
  ${'a blind trail'} | ${TRAIL}
`('$order in a gap wins no more than who buys after it', async ({ gap }) => {
  const { trickster, twin } = await capGapTrick(gap, true);
  expect(twin.cashUsd).toBeGreaterThan(100_000);
  expect(trickster.cashUsd).toBeLessThanOrEqual(twin.cashUsd);
});

test.each`
  order              | gap
  ${'a stop'}        | ${STOP}
  ${'a blind trail'} | ${TRAIL}
`('where the caps are not known at the fill $order wins many times as much', async ({ gap }) => {
  const { trickster, twin } = await capGapTrick(gap, false);
  expect(trickster.cashUsd - 100_000).toBeGreaterThan(10 * (twin.cashUsd - 100_000));
});
