import { formatUsd, ppm } from '../../../../domain/kernel/money';
import { rainYes } from '../../../fixtures/domain-story';
import { orderIn, play, type Setting } from '../../../fixtures/trading-story';

const KALSHI: Setting = {
  instruments: [
    {
      ...rainYes,
      takerFee: { kind: 'probability_cent', rate: ppm(70_000n) },
      makerFee: { kind: 'probability_cent', rate: ppm(17_500n) },
    },
  ],
};

const feesOf = (story: string): readonly string[] =>
  play(story, KALSHI).events.flatMap((event) => (event.kind === 'order_filled' ? [formatUsd(event.fill.feeUsd)] : []));

/** Goal: an order carries what it has been charged: its fills cost together what one fill of all of it would. */
test.each`
  story                               | steps                                                                                                                        | fees
  ${'at once'}                        | ${'YES book 9@0.49 / 99@0.5; YES buy 40 limit 0.5'}                                                                          | ${['0.70']}
  ${'as a maker, step by step'}       | ${'YES book 9@0.4 / 9@0.6; YES buy 40 limit 0.5; YES book 9@0.4 / 1@0.49; YES book 9@0.4 / 1@0.48; YES book 9@0.4 / 1@0.47'} | ${['0.01', '0.00', '0.01']}
  ${'first as a taker, then a maker'} | ${'YES book 9@0.49 / 1@0.5; YES buy 40 limit 0.5; YES book 9@0.4 / 1@0.49; YES book 9@0.4 / 8@0.49'}                         | ${['0.02', '0.01', '0.03']}
  ${'each order begins anew'}         | ${'YES book 9@0.49 / 99@0.5; YES buy 1; YES buy 1'}                                                                          | ${['0.02', '0.02']}
`('$story', ({ steps, fees }) => {
  expect(feesOf(steps)).toEqual(fees);
});

test('an amended order goes on from what it was charged', () => {
  const scene = play('YES book 9@0.49 / 1@0.5; YES buy 40 limit 0.5; YES amend o1 limit 0.49', KALSHI);
  expect(orderIn(scene, 'o1')?.exactFee).toBe(175n * 10n ** 26n);
});
