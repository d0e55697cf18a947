import { LOST, LOTTERY, NO_ASKS, SHARE, shieldTrick, WON } from './shield';

/** Goal: holding something without a price wins nothing, and spares nobody a verdict that prices alone would give. */
test.each`
  shield                          | given      | payout  | status
  ${'five shares'}                | ${SHARE}   | ${LOST} | ${'failed'}
  ${'five shares that pay'}       | ${SHARE}   | ${WON}  | ${'failed'}
  ${'a book without sellers'}     | ${NO_ASKS} | ${LOST} | ${'failed'}
  ${'a lottery ticket'}           | ${LOTTERY} | ${LOST} | ${'failed'}
  ${'a lottery ticket that wins'} | ${LOTTERY} | ${WON}  | ${'active'}
`('behind $shield a crash is no less of one: $status', async ({ given, payout, status }) => {
  const { trickster, twin } = await shieldTrick(given, payout, true);
  expect([twin.status, trickster.status]).toEqual(['failed', status]);
  // What the shares paid is the trickster's; of the recovery nothing is.
  const paidUsd = payout === WON ? Number(given.shares) : 0;
  expect(trickster.cashUsd).toBeLessThanOrEqual(twin.cashUsd + paidUsd);
});

test.each`
  shield                | given
  ${'five shares'}      | ${SHARE}
  ${'a lottery ticket'} | ${LOTTERY}
`('where nobody is judged who holds something without a price, $shield passes', async ({ given }) => {
  const { trickster, twin } = await shieldTrick(given, LOST, false);
  expect([twin.status, trickster.status]).toEqual(['failed', 'passed']);
  expect(trickster.cashUsd).toBeGreaterThan(110_000);
});
