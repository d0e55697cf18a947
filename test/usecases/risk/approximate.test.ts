import fc from 'fast-check';
import type { Account } from '../../../domain/account/account';
import { marksOf } from '../../../domain/assessment/evidence';
import { judge } from '../../../domain/assessment/judge';
import type { RuleSet } from '../../../domain/assessment/rules';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { price, qty, usd } from '../../../domain/kernel/money';
import type { Quote } from '../../../domain/market/book';
import { approximate, mayHaveBroken } from '../../../eks-workloads/risk-engine/approximate';

/** Goal: floating point never overlooks an account that exact numbers would fail. */
const INSTRUMENTS = ['BTC-USD', 'ETH-USD', 'PM-x-YES'].map((id) => idOf<InstrumentId>(id));
const dollars = (n: number) => usd(BigInt(Math.round(n * 1e6)));

const rules: RuleSet = {
  startingUsd: dollars(100_000),
  profitTargetUsd: dollars(10_000),
  maxDrawdownUsd: dollars(8_000),
  dailyLossUsd: dollars(5_000),
  riskPerTradeUsd: dollars(2_000),
  tradesMin: 3,
  leverageMax: 5,
  dayZone: 'UTC',
  dayResetAt: '00:00',
};

const quote = (instrument: InstrumentId, bid: bigint, ask: bigint): Quote => ({
  instrument,
  venue: 'kraken',
  sequence: 1,
  venueProof: '',
  venueAt: instant(0),
  receivedAt: instant(0),
  bid: { price: price(bid), qty: qty(1n) },
  ask: { price: price(ask), qty: qty(1n) },
});

const account = (positions: Account['positions'], cashUsd: bigint, dayAnchorUsd: bigint): Account => ({
  cashUsd: usd(cashUsd),
  positions,
  tradesClosed: 0,
  day: '2026-01-05',
  dayAnchorUsd: usd(dayAnchorUsd),
});

const verdictOf = (held: Account, quotes: readonly Quote[]) => {
  const judgement = judge(rules, held, marksOf(quotes));
  return 'unpriced' in judgement ? 'unpriced' : judgement.verdict.kind;
};

const selects = (held: Account, quotes: readonly Quote[]): boolean => {
  const exits = new Map(
    quotes.map(({ instrument, bid, ask }) => [
      instrument,
      { bid: Number(bid.price) / 1e8, ask: Number(ask.price) / 1e8 },
    ]),
  );
  return mayHaveBroken(approximate({ account: held, rules }), (id) => exits.get(id));
};

const signed = (max: bigint) => fc.bigInt({ min: -max, max });
const heldIn = (instrument: InstrumentId) =>
  fc
    .tuple(signed(10n ** 11n), signed(10n ** 12n), signed(10n ** 10n), fc.bigInt({ min: 0n, max: 10n ** 9n }))
    .filter(([amount]) => amount !== 0n)
    .map(([amount, cost, realized, fees]) => ({
      instrument,
      qty: qty(amount),
      costUsd: usd(cost),
      realizedUsd: usd(realized),
      feesUsd: usd(fees),
    }));
const book = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 14n }), fc.bigInt({ min: 0n, max: 10n ** 9n }));

test('whoever exact numbers fail was selected, at any prices and quantities', () => {
  const held = fc.tuple(...INSTRUMENTS.map(heldIn)).chain((all) => fc.subarray(all));
  const quotes = fc
    .tuple(book, book, book)
    .map((books) => books.map(([bid, spread], at) => quote(INSTRUMENTS[at] as InstrumentId, bid, bid + spread)));
  fc.assert(
    fc.property(held, quotes, signed(10n ** 12n), signed(2n * 10n ** 11n), (positions, prices, cash, anchor) => {
      const one = account(positions, cash, anchor);
      fc.pre(verdictOf(one, prices) === 'failed');
      expect(selects(one, prices)).toBe(true);
    }),
    { numRuns: 500, maxSkipsPerRun: 1_000 },
  );
});

/** One bitcoin bought at 90,000 by an account of 100,000: the floor of the day is 95,000. */
test.each`
  bid          | exact       | isSelected | why
  ${90_000}    | ${'open'}   | ${false}   | ${'far from every limit'}
  ${88_000.02} | ${'open'}   | ${false}   | ${'two cents of room left'}
  ${88_000.01} | ${'open'}   | ${true}    | ${'within the margin: looked at, not failed'}
  ${88_000}    | ${'failed'} | ${true}    | ${'touching the risk per trade'}
  ${80_000}    | ${'failed'} | ${true}    | ${'through every limit'}
`('at $bid: $why', ({ bid, exact, isSelected }) => {
  const [btc] = INSTRUMENTS as [InstrumentId];
  const position = {
    instrument: btc,
    qty: qty(10n ** 8n),
    costUsd: dollars(90_000),
    realizedUsd: usd(0n),
    feesUsd: usd(0n),
  };
  const one = account([position], dollars(10_000), dollars(100_000));
  const at = BigInt(Math.round(bid * 1e8));
  const quotes = [quote(btc, at, at + 1n)];
  expect([verdictOf(one, quotes), selects(one, quotes)]).toEqual([exact, isSelected]);
  expect(selects(one, [])).toBe(false);
});
