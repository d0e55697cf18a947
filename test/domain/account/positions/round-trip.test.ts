import fc from 'fast-check';
import type { Fill, Side } from '../../../../domain/account/orders/order';
import { type Position, trade } from '../../../../domain/account/positions/position';
import { type RoundTrip, roundTrips } from '../../../../domain/account/positions/round-trip';
import { type InstrumentId, idOf } from '../../../../domain/kernel/ids';
import { instant } from '../../../../domain/kernel/instant';
import {
  formatPrice,
  formatQty,
  formatUsd,
  notional,
  parsePrice,
  parseQty,
  parseUsd,
  price,
  qty,
  subUsd,
  sumUsd,
  usd,
} from '../../../../domain/kernel/money';

const BTC = idOf<InstrumentId>('BTC-USD');
const ETH = idOf<InstrumentId>('ETH-USD');

type Order = {
  readonly side: Side;
  readonly qty: bigint;
  readonly price: bigint;
  readonly feeUsd: bigint;
  readonly instrument?: InstrumentId;
};

/** Fills as the order path makes them: each one's realized profit comes from the position before it. */
function filled(orders: readonly Order[]) {
  const positions = new Map<InstrumentId, Position>();
  const fills = orders.map((order, n): Fill => {
    const { side, feeUsd, instrument = BTC } = order;
    const gross = notional(price(order.price), qty(order.qty), side === 'buy' ? 'ceil' : 'floor');
    const cashUsd = usd(side === 'buy' ? -gross : gross);
    const move = { instrument, side, qty: qty(order.qty), cashUsd, feeUsd: usd(feeUsd), filledAt: instant(n) };
    const { position, realizedUsd } = trade(positions.get(instrument), move);
    if (position) positions.set(instrument, position);
    else positions.delete(instrument);
    return {
      orderId: idOf(`o-${n}`),
      fillId: idOf(`f-${n}`),
      instrument,
      side,
      qty: qty(order.qty),
      levels: [],
      price: price(order.price),
      cashUsd,
      feeUsd: usd(feeUsd),
      realizedUsd,
      filledAt: instant(n),
      part: 1,
      liquidity: 'taker',
      bookSequence: 1,
      venueProof: '',
      venueAt: instant(n),
    };
  });
  return { fills, positions };
}

const told = (trip: RoundTrip): string =>
  [
    `${trip.direction} ${formatQty(trip.qty)}`,
    `${formatPrice(trip.entryPrice)} to ${formatPrice(trip.exitPrice)}`,
    `${formatUsd(trip.realizedUsd)} less ${formatUsd(trip.feesUsd)}`,
    `from ${trip.openedAt} to ${trip.closedAt}`,
  ].join(', ');

/** `buy 1 @100 fee 1`, one order a word group; the answer is one line a trade. */
const orders = (text: string): readonly Order[] =>
  text.split(';').map((one) => {
    const [side, size, at, fee] = one.trim().split(/ @| fee | /);
    return {
      side: side as Side,
      qty: parseQty(size ?? '') ?? 0n,
      price: parsePrice(at ?? '') ?? 0n,
      feeUsd: parseUsd(fee ?? '0') ?? 0n,
    };
  });

test.each`
  story                              | given                                                               | trips
  ${'still open'}                    | ${'buy 1 @100 fee 1'}                                               | ${[]}
  ${'long, a win'}                   | ${'buy 1 @100 fee 1; sell 1 @110 fee 1'}                            | ${['long 1, 100 to 110, 10.00 less 2.00, from 0 to 1']}
  ${'short, a win'}                  | ${'sell 2 @100 fee 1; buy 2 @90 fee 1'}                             | ${['short 2, 100 to 90, 20.00 less 2.00, from 0 to 1']}
  ${'in two steps, out in two'}      | ${'buy 1 @100; buy 1 @120; sell 1.5 @130 fee 3; sell 0.5 @90'}      | ${['long 2, 110 to 120, 20.00 less 3.00, from 0 to 3']}
  ${'an average that is rounded'}    | ${'buy 1 @100; buy 2 @101; sell 3 @101'}                            | ${['long 3, 100.66666667 to 101, 1.00 less 0.00, from 0 to 2']}
  ${'one unit of the last decimal'}  | ${'buy 0.00000001 @100; sell 0.00000001 @100'}                      | ${['long 0.00000001, 100 to 100, 0.00 less 0.00, from 0 to 1']}
  ${'a short’s entry, rounded down'} | ${'sell 1 @100; sell 2 @101; buy 3 @100'}                           | ${['short 3, 100.66666666 to 100, 2.00 less 0.00, from 0 to 2']}
  ${'a long’s exit, rounded down'}   | ${'buy 3 @100; sell 1 @100; sell 2 @101'}                           | ${['long 3, 100 to 100.66666666, 2.00 less 0.00, from 0 to 2']}
  ${'one such unit is added'}        | ${'buy 0.00000001 @100; buy 0.00000001 @100; sell 0.00000002 @100'} | ${['long 0.00000002, 100 to 100, 0.00 less 0.00, from 0 to 2']}
  ${'a short’s average likewise'}    | ${'sell 3 @100; buy 1 @100; buy 2 @101'}                            | ${['short 3, 100 to 100.66666667, -2.00 less 0.00, from 0 to 2']}
  ${'through flat: two trades'}      | ${'buy 1 @100 fee 1; sell 3 @110 fee 3; buy 2 @100 fee 1'}          | ${['long 1, 100 to 110, 10.00 less 2.00, from 0 to 1', 'short 2, 110 to 100, 20.00 less 3.00, from 1 to 2']}
  ${'flat between two trades'}       | ${'buy 1 @100; sell 1 @90; buy 1 @90 fee 1; sell 1 @95'}            | ${['long 1, 100 to 90, -10.00 less 0.00, from 0 to 1', 'long 1, 90 to 95, 5.00 less 1.00, from 2 to 3']}
`('$story', ({ given, trips }: { given: string; trips: readonly string[] }) => {
  expect(roundTrips(filled(orders(given)).fills).map(told)).toEqual(trips);
});

const order = fc.record({
  side: fc.constantFrom<Side>('buy', 'sell'),
  qty: fc.bigInt({ min: 1n, max: 5n }).map((n) => n * 33_333_333n),
  price: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  feeUsd: fc.bigInt({ min: 0n, max: 10n ** 7n }),
  instrument: fc.constantFrom(BTC, ETH),
});

test('completed trades and what is still open account for every dollar of profit and every fee', () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 40 }), (given) => {
      const { fills, positions } = filled(given);
      const trips = roundTrips(fills);
      const open = [...positions.values()];
      const realized = sumUsd([...trips, ...open].map((part) => part.realizedUsd));
      const fees = sumUsd([...trips, ...open].map((part) => part.feesUsd));
      expect(realized).toBe(sumUsd(fills.map((fill) => fill.realizedUsd)));
      expect(fees).toBe(sumUsd(fills.map((fill) => fill.feeUsd)));
      for (const trip of trips) expect(trip.netUsd).toBe(subUsd(trip.realizedUsd, trip.feesUsd));
    }),
  );
});

test('trades of one instrument say nothing about another’s', () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 30 }), (given) => {
      const { fills } = filled(given);
      const ofBtc = (trips: readonly RoundTrip[]) => trips.filter(({ instrument }) => instrument === BTC);
      expect(ofBtc(roundTrips(fills))).toEqual(roundTrips(fills.filter(({ instrument }) => instrument === BTC)));
    }),
  );
});
