import { breakEvenPrice, netAt } from '../../../../domain/account/positions/break-even';
import { formatPrice, formatUsd, ppm, price } from '../../../../domain/kernel/money';
import type { Instrument } from '../../../../domain/market/instrument';
import { at, BTC, bitcoin, dollars, held, rainYes, YES } from '../../../fixtures/domain-story';

const shares = (rate: bigint): Instrument => ({ ...rainYes, takerFee: { kind: 'probability', rate: ppm(rate) } });

/**
 * Goal: the price from which a trade has lost nothing, its exit fee included. At it the trade has made something or
 * nothing, one tick worse it has lost; worked out by hand for the first.
 */
test.each`
  story                          | instrument                                    | amount   | cost        | more                                 | even
  ${'a long, 0.26 % in and out'} | ${bitcoin}                                    | ${'1'}   | ${'60000'}  | ${{ feesUsd: dollars('156') }}       | ${'60312.9'}
  ${'a short'}                   | ${bitcoin}                                    | ${'-1'}  | ${'-60000'} | ${{ feesUsd: dollars('156') }}       | ${'59688.8'}
  ${'of what was won in part'}   | ${bitcoin}                                    | ${'0.5'} | ${'30000'}  | ${{ realizedUsd: dollars('1000') }}  | ${'58151.2'}
  ${'without any fee'}           | ${{ ...bitcoin, takerFee: rainYes.makerFee }} | ${'1'}   | ${'60000'}  | ${{}}                                | ${'60000'}
  ${'an outcome'}                | ${shares(40_000n)}                            | ${'100'} | ${'40'}     | ${{ feesUsd: dollars('0.96') }}      | ${'0.42'}
  ${'an outcome that is lost'}   | ${shares(40_000n)}                            | ${'100'} | ${'98.99'}  | ${{ feesUsd: dollars('0.96') }}      | ${null}
  ${'a short that is lost'}      | ${bitcoin}                                    | ${'-1'}  | ${'-10'}    | ${{ feesUsd: dollars('156') }}       | ${null}
  ${'a long that cannot lose'}   | ${bitcoin}                                    | ${'1'}   | ${'60000'}  | ${{ realizedUsd: dollars('70000') }} | ${'0.1'}
`('$story: $even', ({ instrument, amount, cost, more, even }) => {
  const position = held(instrument.kind === 'outcome' ? YES : BTC, amount, cost, more);
  const found = breakEvenPrice(position, instrument);
  expect(found === null ? null : formatPrice(found)).toBe(even);
  if (found === null) return;
  const worse = price(position.qty > 0n ? found - instrument.priceTick : found + instrument.priceTick);
  expect(netAt(position, instrument, found)).toBeGreaterThanOrEqual(0n);
  if (worse > 0n) expect(netAt(position, instrument, worse)).toBeLessThan(0n);
});

test('what a trade would have made counts everything that it paid', () => {
  const half = held(BTC, '0.5', '30000', { realizedUsd: dollars('100'), feesUsd: dollars('234') });
  // 100 + 30,500 − 30,000 − 234 − 0.26 % of 30,500
  expect(formatUsd(netAt(half, bitcoin, at('61000')))).toBe('286.70');
});
