import fc from 'fast-check';
import { isStorable } from '../../../../domain/account/storable';
import { fitsInt64 } from '../../../../domain/kernel/int64';
import { ppm, price, qty } from '../../../../domain/kernel/money';
import { BTC, bitcoin, dollars, held, RULES, units } from '../../../fixtures/domain-story';
import { free, play, type Setting, toldLast } from '../../../fixtures/trading-story';

/** A coin of which a billion units are worth a thousand dollars. */
const coin = free({ ...bitcoin, priceTick: price(1n), qtyStep: units('1'), qtyMin: units('1') });
const RICH: Setting = {
  cash: '100000000',
  instruments: [coin],
  rules: {
    maxLoss: { ...RULES.maxLoss, width: { kind: 'usd', usd: dollars('99999999') } },
    dailyLoss: null,
    riskPerTrade: null,
    exposure: { ...RULES.exposure, leverageMax: ppm(100_000_000n) },
  },
};
const DEEP = 'book 900000000000000@0.00000101 / 900000000000000@0.00000102';

/** Goal: a quantity, a price or a product that cannot be kept is refused at the door, by name. */
test.each`
  story                           | steps                                                                     | told
  ${'as much as can be held'}     | ${'buy 90000000000'}                                                      | ${'o1, o1 takes 90000000000@0.00000102'}
  ${'a unit more'}                | ${'buy 90000000001'}                                                      | ${'quantity_too_large'}
  ${'as it was found'}            | ${'buy 200000000000'}                                                     | ${'quantity_too_large'}
  ${'beside what is held'}        | ${'buy 50000000000; buy 50000000000'}                                     | ${'quantity_too_large'}
  ${'beside what works'}          | ${'buy 50000000000 limit 0.000001; buy 50000000000 limit 0.000001'}       | ${'quantity_too_large'}
  ${'short'}                      | ${'sell 90000000001'}                                                     | ${'quantity_too_large'}
  ${'amended'}                    | ${'buy 1 limit 0.000001; amend o1 qty 90000000001'}                       | ${'quantity_too_large'}
  ${'dearer than anything'}       | ${'buy 1 limit 1000000000.00000001'}                                      | ${'price_out_of_range'}
  ${'a stop of that kind'}        | ${'sell 1 stop 999999999999999'}                                          | ${'price_out_of_range'}
  ${'a trail'}                    | ${'sell 1 trail 999999999999999'}                                         | ${'price_out_of_range'}
  ${'a take-profit'}              | ${'buy 1 tp 999999999999999'}                                             | ${'price_out_of_range'}
  ${'amended to it'}              | ${'buy 1 limit 0.000001; amend o1 limit 999999999999999'}                 | ${'price_out_of_range'}
  ${'worth more than a trillion'} | ${'buy 90000000000; sell 90000000000 limit 100 reduce'}                   | ${'quantity_too_large'}
  ${'in a take-profit'}           | ${'buy 90000000000 tp 100'}                                               | ${'quantity_too_large'}
  ${'amended to that'}            | ${'buy 90000000000; sell 90000000000 limit 1 reduce; amend o2 limit 100'} | ${'quantity_too_large'}
  ${'getting out'}                | ${'buy 90000000000; close all'}                                           | ${'x1, x1 takes 90000000000@0.00000101'}
`('$story', ({ steps, told }) => {
  expect(toldLast(`${DEEP}; ${steps}`, RICH)).toBe(told);
});

test('a refusal says how much there may be', () => {
  expect(play(`${DEEP}; buy 90000000001`, RICH).refused).toBe(
    'quantity_too_large qty: no more than 90000000000 can be ordered and held together',
  );
});

test('eight bytes hold what they hold', () => {
  expect([2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n, -(2n ** 63n) - 1n].map(fitsInt64)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('an account with a figure of nine bytes cannot be kept', () => {
  const { context } = play('wait 1');
  const figure = fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n });
  fc.assert(
    fc.property(figure, figure, (amount, cost) => {
      const position = { ...held(BTC, '1', '1'), qty: qty(amount), costUsd: cost as typeof context.account.cashUsd };
      const account = { ...context.account, positions: [position] };
      expect(isStorable(account, [])).toBe(fitsInt64(amount) && fitsInt64(cost));
    }),
  );
});
