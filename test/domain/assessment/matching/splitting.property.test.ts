import fc from 'fast-check';
import type { Side } from '../../../../domain/account/orders/order';
import { decideOrder } from '../../../../domain/assessment/commands/decide-order';
import { after } from '../../../../domain/assessment/context/after';
import type { DecisionContext } from '../../../../domain/assessment/context/decision-context';
import { idOf, type OrderId } from '../../../../domain/kernel/ids';
import { type Price, price, type Qty, qty } from '../../../../domain/kernel/money';
import { type Book, walk } from '../../../../domain/market/book';
import type { Level } from '../../../../domain/market/level';
import { accountWith, at, BTC, bitcoin, bookOf, RULES } from '../../../fixtures/domain-story';
import { free, sceneOf } from '../../../fixtures/trading-story';

const STEP = bitcoin.qtyStep;
const LIMIT = { buy: at('200'), sell: at('1') } as const;

/** An order in parts, each by some account of the person, at what the venue shows of the book by then. */
type Part = { readonly qty: Qty; readonly account: number; readonly shown: readonly number[] };

const quantity = fc.integer({ min: 10, max: 50_000 }).map((steps) => qty(BigInt(steps) * STEP));

const levels = fc
  .array(quantity, { minLength: 1, maxLength: 5 })
  .map((sizes) =>
    sizes.map((size, away): Level => ({ price: price(at('101') + BigInt(away) * at('0.5')), qty: size })),
  );

const part: fc.Arbitrary<Part> = fc.record({
  qty: quantity,
  account: fc.integer({ min: 0, max: 2 }),
  // Parts of a hundred of each level: whoever owns it takes it away and puts it back.
  shown: fc.array(fc.constantFrom(0, 40, 100), { minLength: 5, maxLength: 5 }),
});

const sideOf = (side: Side, those: readonly Level[]): readonly Level[] =>
  side === 'buy' ? those : those.map((level) => ({ ...level, price: price(at('200') - level.price) }));

function bookWith(side: Side, those: readonly Level[], sequence: number): Book {
  const book = bookOf('', '', { sequence });
  return side === 'buy' ? { ...book, asks: those } : { ...book, bids: those };
}

/** What a run of orders got, and paid or was paid, before fees. */
function traded(side: Side, those: readonly Level[], parts: readonly Part[]) {
  const accounts = [0, 1, 2].map(() => accountWith('100000000'));
  let context: DecisionContext = {
    ...sceneOf({ rules: { ...RULES, riskPerTrade: null }, instruments: [free(bitcoin)] }).context,
  };
  let [filled, cash] = [0n, 0n];
  parts.forEach(({ qty: size, account, shown }, number) => {
    const seen = those
      .map((level, at) => ({ ...level, qty: qty((level.qty * BigInt(shown[at] ?? 100)) / 100n) }))
      .filter((level) => level.qty > 0n);
    const books = new Map([[BTC, bookWith(side, sideOf(side, seen), 10 + number)]]);
    const before = accounts[account] ?? accountWith('0');
    context = { ...context, account: before, books };
    const decided = decideOrder(context, {
      orderId: idOf<OrderId>(`o${number}`),
      instrument: BTC,
      side,
      qty: size,
      terms: { type: 'limit', limitPrice: LIMIT[side], timeInForce: { kind: 'ioc' } },
      reduceOnly: false,
      attached: null,
    });
    if (!decided.ok) return;
    for (const event of decided.value) {
      if (event.kind !== 'order_filled') continue;
      filled += event.fill.qty;
      cash += event.fill.cashUsd;
    }
    context = after(context, decided.value);
    accounts[account] = context.account;
  });
  return { filled: qty(filled), cash };
}

/** What one order for so much would pay, or be paid, at the whole book. */
const atOnce = (side: Side, those: readonly Level[], amount: Qty): bigint =>
  walk(sideOf(side, those), amount).levels.reduce((sum, level) => sum + worthOf(level, side), 0n);

const worthOf = ({ price: each, qty: amount }: { price: Price; qty: Qty }, side: Side): bigint => {
  const exact = each * amount;
  const unit = 10n ** 10n;
  return side === 'buy' ? -((exact + unit - 1n) / unit) : exact / unit;
};

test('splitting an order wins nothing: nobody gets more than was shown, nor at better prices', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Side>('buy', 'sell'),
      levels,
      fc.array(part, { maxLength: 12 }),
      (side, those, parts) => {
        const { filled, cash } = traded(side, those, parts);
        const whole = those.reduce((sum, level) => sum + level.qty, 0n);
        expect(filled).toBeLessThanOrEqual(whole);
        expect(cash).toBeLessThanOrEqual(atOnce(side, those, filled));
      },
    ),
    { numRuns: 400 },
  );
});
