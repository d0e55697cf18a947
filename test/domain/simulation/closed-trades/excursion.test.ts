import fc from 'fast-check';
import type { PositionMove } from '../../../../domain/account/positions/position';
import { type TradeMoves, tradesOf } from '../../../../domain/account/positions/round-trip';
import { DAY_MS, type Instant, instant, plusMs } from '../../../../domain/kernel/instant';
import { notional, price, qty, usd } from '../../../../domain/kernel/money';
import { excursionOf, heldSpans, type PriceExtremes } from '../../../../domain/simulation/closed-trades/excursion';
import { BTC } from '../../../fixtures/book-story';
import { dollars, moment } from '../../../fixtures/domain-story';

const UNIT = 10n ** 8n;
const FEE = dollars('1');

/** So many units at a whole price, for a fee of one dollar. */
function move(at: Instant, units: number, dollarsEach: number): PositionMove {
  const size = qty(BigInt(Math.abs(units)) * UNIT);
  const worth = notional(price(BigInt(dollarsEach) * UNIT), size, 'floor');
  const side = units > 0 ? 'buy' : 'sell';
  return {
    instrument: BTC,
    side,
    qty: size,
    cashUsd: side === 'buy' ? usd(-worth) : worth,
    feeUsd: FEE,
    filledAt: at,
  } as PositionMove;
}

const at = (time: string): Instant => moment(`2026-03-10T${time}Z`);
const extremesOf = (low: number, high: number): PriceExtremes => ({
  low: price(BigInt(low) * UNIT),
  high: price(BigInt(high) * UNIT),
});

function tradeOf(...moves: readonly PositionMove[]): TradeMoves {
  const [trade] = tradesOf(moves);
  if (!trade) throw new Error('it closes');
  return trade;
}

const excursion = (trade: TradeMoves, ...ranges: readonly (PriceExtremes | undefined)[]) =>
  excursionOf(heldSpans(trade).map((span, nth) => ({ span, extremes: ranges[nth] })));

/** Goal: a trade is known to have stood where prices were while it was open, and nowhere else. */
test.each`
  name       | units | low    | high    | worst     | best
  ${'long'}  | ${2}  | ${950} | ${1100} | ${'-101'} | ${'199'}
  ${'short'} | ${-2} | ${950} | ${1100} | ${'-201'} | ${'99'}
`(
  'a $name trade stands at the price of what it holds, less the fee it has paid',
  ({ units, low, high, worst, best }) => {
    const trade = tradeOf(move(at('10:00:30'), units, 1_000), move(at('10:10:30'), -units, 1_010));
    expect(excursion(trade, extremesOf(low, high))).toEqual({ worstUsd: dollars(worst), bestUsd: dollars(best) });
  },
);

test('what was closed before has brought what it brought, and stands at no price any more', () => {
  const trade = tradeOf(
    move(at('10:00:00'), 2, 1_000),
    move(at('10:05:00'), -1, 1_100),
    move(at('10:10:00'), -1, 1_000),
  );
  // Two at 990 to 1,100; then one hundred in the bank, and one at 900 to 1,050.
  expect(excursion(trade, extremesOf(990, 1_100), extremesOf(900, 1_050))).toEqual({
    worstUsd: dollars('-21'),
    bestUsd: dollars('199'),
  });
  expect(excursion(trade, undefined, extremesOf(900, 1_050))).toEqual({
    worstUsd: dollars('-2'),
    bestUsd: dollars('148'),
  });
  expect(excursion(trade, undefined, undefined)).toBeNull();
});

test.each`
  opened        | closed        | resolution   | from          | to
  ${'10:00:00'} | ${'10:01:00'} | ${'1m'}      | ${'10:00:00'} | ${'10:01:00'}
  ${'10:00:01'} | ${'10:03:59'} | ${'1m'}      | ${'10:01:00'} | ${'10:03:00'}
  ${'10:00:01'} | ${'10:01:59'} | ${undefined} | ${''}         | ${''}
`('of $opened to $closed only whole minutes count', ({ opened, closed, resolution, from, to }) => {
  const spans = heldSpans(tradeOf(move(at(opened), 1, 1_000), move(at(closed), -1, 1_000)));
  const expected = { resolution, from: from && at(from), to: to && at(to) };
  expect(spans).toMatchObject(resolution ? [expected] : []);
});

test('what is held for longer than a day is looked up by the hour', () => {
  const opened = at('10:30:00');
  const closed = plusMs(opened, DAY_MS + 1);
  expect(heldSpans(tradeOf(move(opened, 1, 1_000), move(closed, -1, 1_000)))).toMatchObject([
    { resolution: '1h', from: at('11:00:00'), to: instant(at('10:00:00') + DAY_MS) },
  ]);
});

test('a trade that begins or ends by turning a position around says nothing of itself', () => {
  const trades = tradesOf([
    move(at('10:00:00'), 1, 1_000),
    move(at('11:00:00'), -2, 1_000),
    move(at('12:00:00'), 1, 1_000),
  ]);
  expect(trades.map(heldSpans)).toEqual([[], []]);
});

test('whatever is known, more of it makes the worst no better and the best no worse', () => {
  const ranges = fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.boolean(), ranges, ranges, (size, isLong, first, second) => {
      const units = isLong ? size : -size;
      const trade = tradeOf(
        move(at('10:00:00'), units, 1_000),
        move(at('10:30:00'), units, 1_200),
        move(at('11:00:00'), -2 * units, 900),
      );
      const [one, two] = [first, second].map(([low, more]) => extremesOf(low, low + more));
      const [some, all] = [excursion(trade, one, undefined), excursion(trade, one, two)];
      if (!some || !all) throw new Error('prices are known');
      expect(some.worstUsd <= some.bestUsd).toBe(true);
      expect([all.worstUsd <= some.worstUsd, all.bestUsd >= some.bestUsd]).toEqual([true, true]);
    }),
    { seed: 17, numRuns: 300 },
  );
});
