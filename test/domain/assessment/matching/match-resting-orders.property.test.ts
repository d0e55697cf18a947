import fc from 'fast-check';
import type { Order } from '../../../../domain/account/orders/order';
import { after } from '../../../../domain/assessment/context/after';
import type { DecisionContext } from '../../../../domain/assessment/context/decision-context';
import { matchRestingOrders } from '../../../../domain/assessment/matching/match-resting-orders';
import { plusMs } from '../../../../domain/kernel/instant';
import { price, qty } from '../../../../domain/kernel/money';
import type { VenueTrade } from '../../../../domain/market/venue-trade';
import { BTC, NOW, RULES } from '../../../fixtures/domain-story';
import { play, type Scene } from '../../../fixtures/trading-story';

/** Two orders at different prices behind different queues, and a book that stays where it is. */
const scene = (restingFills: 'queue' | 'through'): Scene =>
  play('book 40@99 25@98 / 9@101; buy 9 limit 99; buy 7 limit 98', {
    rules: { execution: { ...RULES.execution, restingFills } },
  });

const tape: fc.Arbitrary<readonly VenueTrade[]> = fc
  .array(
    fc.record({
      cents: fc.constantFrom(9_700n, 9_750n, 9_800n, 9_850n, 9_900n, 10_000n),
      amount: fc.bigInt(1n, 3_000_000_000n),
      taker: fc.constantFrom('buy' as const, 'sell' as const),
    }),
    { maxLength: 12 },
  )
  .map((trades) =>
    trades.map(({ cents, amount, taker }, at) => ({
      instrument: BTC,
      venue: 'kraken' as const,
      tradeId: `t-${at}`,
      taker,
      price: price(cents * 1_000_000n),
      qty: qty(amount),
      venueAt: NOW,
      receivedAt: plusMs(NOW, 10_000 + at),
    })),
  );

/** What the orders have come to once the trades were told so many at a time, each time with all of those before. */
function workedBy(rule: 'queue' | 'through', trades: readonly VenueTrade[], sizes: readonly number[]) {
  const { context: begun } = scene(rule);
  let context: DecisionContext = { ...begun, at: plusMs(NOW, 11_000) };
  context = {
    ...context,
    books: new Map([...context.books].map(([id, book]) => [id, { ...book, receivedAt: context.at }])),
  };
  // The book as it is now is met first, so that only trades are left to fill.
  context = after(context, matchRestingOrders({ ...context, tape: new Map() }));
  const filled: Record<string, bigint> = {};
  for (let told = 0, turn = 0; told < trades.length; turn++) {
    told += sizes[turn % sizes.length] ?? 1;
    const events = matchRestingOrders({ ...context, tape: new Map([[BTC, trades.slice(0, told)]]) });
    context = after(context, events);
    for (const event of events) {
      if (event.kind !== 'order_filled') continue;
      filled[event.fill.orderId] = (filled[event.fill.orderId] ?? 0n) + event.fill.qty;
    }
  }
  return { filled, left: context.account.orders.map(({ orderId, queueAhead }: Order) => [orderId, queueAhead]) };
}

/** Goal: whoever reads the trades again after an outage, all at once, comes to what was come to one by one. */
test.each(['queue', 'through'] as const)('%s: trades fill the same however many are counted at a time', (rule) => {
  const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(tape, sizes, (trades, some) => {
      const oneByOne = workedBy(rule, trades, [1]);
      expect(workedBy(rule, trades, some)).toEqual(oneByOne);
      expect(workedBy(rule, trades, [trades.length])).toEqual(oneByOne);
    }),
  );
});
