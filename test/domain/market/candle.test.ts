import fc from 'fast-check';
import { instant, isoText } from '../../../domain/kernel/instant';
import { formatPrice, type Price, price } from '../../../domain/kernel/money';
import { type Candle, midOf, withMid } from '../../../domain/market/candle';
import { at, BTC, moment, quoteOn } from '../../fixtures/domain-story';

/** `12:00:05 100` a mid at a time of day, in the order of arrival. */
function candlesOf(path: string): readonly string[] {
  const closed = new Map<number, Candle>();
  let candle: Candle | undefined;
  for (const step of path.split(', ')) {
    const [time = '', mid = ''] = step.split(' ');
    candle = withMid(candle, at(mid), moment(`2026-03-14T${time}Z`));
    closed.set(candle.at, candle);
  }
  return [...closed.values()].map(({ at: start, open, high, low, close }) =>
    [isoText(start).slice(11, 19), ...[open, high, low, close].map(formatPrice)].join(' '),
  );
}

/** Goal: open, high, low and close of each minute. */
test.each`
  story                                         | path                                                       | candles
  ${'one mid'}                                  | ${'12:00:05 100'}                                          | ${['12:00:00 100 100 100 100']}
  ${'up, down and between'}                     | ${'12:00:00 100, 12:00:10 103, 12:00:20 98, 12:00:59 101'} | ${['12:00:00 100 103 98 101']}
  ${'the first of the next minute opens it'}    | ${'12:00:59.999 100, 12:01:00 105'}                        | ${['12:00:00 100 100 100 100', '12:01:00 105 105 105 105']}
  ${'a silent minute has no candle'}            | ${'12:00:30 100, 12:02:30 90'}                             | ${['12:00:00 100 100 100 100', '12:02:00 90 90 90 90']}
  ${'a late mid belongs to the minute at hand'} | ${'12:01:00 100, 12:00:59 110'}                            | ${['12:01:00 100 110 100 110']}
`('$story', ({ path, candles }) => {
  expect(candlesOf(path)).toEqual(candles);
});

test.each`
  bid             | ask             | mid
  ${'99'}         | ${'101'}        | ${'100'}
  ${'100'}        | ${'100'}        | ${'100'}
  ${'0.00000001'} | ${'0.00000002'} | ${'0.00000001'}
  ${'59999.9'}    | ${'60000'}      | ${'59999.95'}
`('the mid of $bid and $ask is $mid', ({ bid, ask, mid }) => {
  expect(formatPrice(midOf(quoteOn(BTC, bid, ask)) as Price)).toBe(mid);
});

test('a quote with an empty side has no mid', () => {
  expect(midOf({ ...quoteOn(BTC, '99', '101'), ask: null })).toBeUndefined();
  expect(midOf({ ...quoteOn(BTC, '99', '101'), bid: null })).toBeUndefined();
});

test('a minute’s candle holds all of its mids: first, last, highest, lowest', () => {
  const mids = fc.array(fc.bigInt({ min: 1n, max: 1_000n }), { minLength: 1, maxLength: 59 });
  fc.assert(
    fc.property(mids, (values) => {
      const start = moment('2026-03-14T12:00:00Z');
      const folded = values.reduce<Candle | undefined>(
        (candle, mid, second) => withMid(candle, price(mid), instant(start + second * 1_000)),
        undefined,
      );
      const ranked = [...values].sort((a, b) => (a < b ? -1 : 1));
      const [low, high] = [ranked[0], ranked.at(-1)];
      expect(folded).toEqual({ at: start, open: values[0], high, low, close: values.at(-1) });
    }),
  );
});
