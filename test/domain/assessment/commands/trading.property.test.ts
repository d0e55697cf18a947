import fc from 'fast-check';
import { balanceOf } from '../../../../domain/account/account';
import { fold } from '../../../../domain/account/evolve';
import { type Position, trade } from '../../../../domain/account/positions/position';
import type { InstrumentId, OrderId } from '../../../../domain/kernel/ids';
import { BTC, bitcoin, dollars, RULES } from '../../../fixtures/domain-story';
import { play, type Scene, sceneOf } from '../../../fixtures/trading-story';

const price = fc.integer({ min: 95, max: 106 });
const amount = fc.constantFrom('0.5', '1', '2.5', '7');
const side = fc.constantFrom('buy', 'sell');
const terms = fc.oneof(
  fc.constant(''),
  fc.tuple(price, fc.constantFrom('', ' ioc', ' fok')).map(([at, tif]) => ` limit ${at}${tif}`),
  price.map((at) => ` stop ${at}`),
  fc.tuple(price, price).map(([stop, limit]) => ` stop ${stop} limit ${limit}`),
  fc.constantFrom(' trail 2', ' trail 3%'),
);
const exits = fc.constantFrom('', '', ' reduce', ' tp 104', ' sl 97', ' tp 110 sl 96', ' tp 96 sl 105');
const order = fc.tuple(side, amount, terms, exits).map(([way, size, how, more]) => `${way} ${size}${how}${more}`);
const book = fc
  .tuple(price, amount, amount)
  .map(([at, bids, asks]) => `book ${bids}@${at} 3@${at - 1} / ${asks}@${at + 1} 3@${at + 2}`);
const venueTrade = fc.tuple(side, amount, price).map(([way, size, at]) => `trade ${way} ${size}@${at}`);
const touch = fc.constantFrom('cancel o1', 'amend o2 limit 99', 'amend o3 qty 3', 'close', 'close all', 'gap');
const step = fc.oneof(
  { weight: 4, arbitrary: order },
  { weight: 5, arbitrary: book },
  { weight: 2, arbitrary: venueTrade },
  { weight: 1, arbitrary: touch },
);
const story = fc.array(step, { minLength: 1, maxLength: 30 }).map((steps) => steps.join('; '));

const CALM = {
  maxLoss: { ...RULES.maxLoss, width: { kind: 'usd' as const, usd: dollars('10000000') } },
  dailyLoss: null,
  riskPerTrade: null,
};
const played = (text: string, restingFills: 'through' | 'queue' = 'queue'): Scene =>
  play(text, { rules: { ...CALM, execution: { ...RULES.execution, restingFills } }, instruments: [bitcoin] });

const fillsOf = ({ events }: Scene) => events.flatMap((each) => (each.kind === 'order_filled' ? [each] : []));

const modes = fc.constantFrom('through' as const, 'queue' as const);

test('whatever is ordered: postings sum to zero, cash and cost are the balance, positions are the fold of the fills', () => {
  fc.assert(
    fc.property(story, modes, (text, mode) => {
      const scene = played(text, mode);
      const positions = new Map<InstrumentId, Position | undefined>();
      let cash: bigint = dollars('100000');
      for (const { fill, ledger, cashUsd, balanceUsd, position } of fillsOf(scene)) {
        const { instrument, feeUsd } = fill;
        positions.set(instrument, trade(positions.get(instrument), fill).position);
        cash += fill.cashUsd - feeUsd;
        expect(ledger.reduce((sum, entry) => sum + entry.amountUsd, 0n)).toBe(0n);
        expect([cashUsd, position]).toEqual([cash, positions.get(instrument)]);
        expect(balanceUsd).toBe(cash + (position?.costUsd ?? 0n));
      }
      const { account } = scene.context;
      expect(account.positions).toEqual([...positions.values()].filter(Boolean));
      expect(account.cashUsd).toBe(cash);
      expect(balanceOf(account)).toBe(cash + (positions.get(BTC)?.costUsd ?? 0n));
    }),
  );
});

test('an order that only reduces never grows or turns a position', () => {
  fc.assert(
    fc.property(story, modes, (text, mode) => {
      const scene = played(text, mode);
      const reducing = new Set<OrderId>();
      let was = 0n;
      for (const event of scene.events) {
        if (event.kind === 'order_placed' && event.order.reduceOnly) reducing.add(event.order.orderId);
        if (event.kind !== 'order_filled') continue;
        const is = event.position?.qty ?? 0n;
        if (reducing.has(event.fill.orderId)) {
          expect(is === 0n || is > 0n === was > 0n).toBe(true);
          expect((is < 0n ? -is : is) < (was < 0n ? -was : was)).toBe(true);
        }
        was = is;
      }
    }),
  );
});

test('the exits of an entry together never fill more than it did, and only one of them fills whole', () => {
  fc.assert(
    fc.property(story, modes, (text, mode) => {
      const scene = played(text, mode);
      const entryOf = new Map<OrderId, OrderId>();
      const filled = new Map<OrderId, bigint>();
      const ended = new Set<OrderId>();
      for (const event of scene.events) {
        if (event.kind === 'order_placed' && event.order.entryId) {
          entryOf.set(event.order.orderId, event.order.entryId);
        }
        if (event.kind === 'order_cancelled') ended.add(event.order.orderId);
        if (event.kind !== 'order_filled') continue;
        const { orderId, qty: size } = event.fill;
        expect(ended.has(orderId)).toBe(false);
        filled.set(orderId, (filled.get(orderId) ?? 0n) + size);
      }
      for (const entry of new Set(entryOf.values())) {
        const exitsFilled = [...entryOf].reduce(
          (sum, [exit, of]) => (of === entry ? sum + (filled.get(exit) ?? 0n) : sum),
          0n,
        );
        expect(exitsFilled <= (filled.get(entry) ?? 0n)).toBe(true);
      }
    }),
  );
});

test('no fill is older than its order, none takes more than was asked, and each part is counted', () => {
  fc.assert(
    fc.property(story, modes, (text, mode) => {
      const scene = played(text, mode);
      const placed = new Map<OrderId, number>();
      const parts = new Map<OrderId, number>();
      const takings = new Map<string, number>();
      for (const event of scene.events) {
        if (event.kind === 'order_placed') placed.set(event.order.orderId, event.order.bookSequence);
        if (event.kind !== 'order_filled') continue;
        const { orderId, part, bookSequence, liquidity } = event.fill;
        expect(part).toBe((parts.get(orderId) ?? 0) + 1);
        parts.set(orderId, part);
        expect(bookSequence >= (placed.get(orderId) ?? 0)).toBe(true);
        if (liquidity === 'taker') {
          const key = `${orderId} ${bookSequence}`;
          takings.set(key, (takings.get(key) ?? 0) + 1);
          expect(takings.get(key)).toBe(1);
        }
      }
      for (const order of scene.context.account.orders) expect(order.filledQty < order.qty).toBe(true);
    }),
  );
});

test('whatever is ordered: the account is the fold of all its events, and loses what one of them loses', () => {
  fc.assert(
    fc.property(story, modes, (text, mode) => {
      const scene = played(text, mode);
      const { rules, account } = scene.context;
      const start = sceneOf({
        rules: { ...CALM, execution: { ...RULES.execution, restingFills: mode } },
        instruments: [bitcoin],
      });
      expect(fold(rules, start.context.account, scene.events)).toEqual(account);
      const last = scene.events.findLastIndex(({ kind }) => kind === 'order_filled');
      if (last === -1) return;
      const without = scene.events.filter((_, index) => index !== last);
      expect(() => expect(fold(rules, start.context.account, without)).toEqual(account)).toThrow();
    }),
  );
});

test('the same story told twice ends the same: nothing but its steps decides', () => {
  fc.assert(
    fc.property(story, (text) => {
      const [one, other] = [played(text), played(text)];
      expect(one.told).toEqual(other.told);
      expect(sceneOf().context.account).not.toBe(one.context.account);
    }),
    { numRuns: 20 },
  );
});
