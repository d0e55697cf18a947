import fc from 'fast-check';
import { equityOf } from '../../../../domain/account/account';
import { fold } from '../../../../domain/account/evolve';
import { advanceAccount } from '../../../../domain/assessment/commands/advance-account';
import { beginDay } from '../../../../domain/assessment/commands/begin-day';
import type { DecisionContext } from '../../../../domain/assessment/context/decision-context';
import { judge } from '../../../../domain/assessment/judging/judge';
import type { Judgement } from '../../../../domain/assessment/judging/judgement';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { type FillId, idOf, type OrderId } from '../../../../domain/kernel/ids';
import { DAY_MS, plusMs } from '../../../../domain/kernel/instant';
import { formatUsd, price, qty } from '../../../../domain/kernel/money';
import { type Book, followed, pastOf, type Quote } from '../../../../domain/market/book';
import {
  accountWith,
  BTC,
  bookOf,
  dollars,
  ETH,
  held,
  INSTRUMENTS,
  marks,
  NOW,
  quoteOn,
  RULES,
  YES,
} from '../../../fixtures/domain-story';
import { verdictOf } from '../walk';

const CALM: RuleSet = { ...RULES, riskPerTrade: null };
const gone = (quote: Quote): Quote => pastOf(quote);

const told = ({ verdict, inDoubt }: Judgement) => {
  const closing = verdict.kind === 'close' ? ` ${verdict.reason} ${verdict.instruments.join(' ')}` : '';
  return `${verdictOf({ verdict } as Judgement)}${closing}${inDoubt ? `, ${inDoubt} in doubt` : ''}`;
};

/** One bitcoin of 60,000 and shares of a market that has closed, at cost; 100,000 in all, and 95,000 ends the day. */
const beside = (shares: string, costUsd: string) =>
  accountWith(formatUsd((dollars('40000') - dollars(costUsd)) as never), [
    held(BTC, '1', '60000'),
    held(YES, shares, costUsd),
  ]);

/** Goal: a limit that is broken at the best of it fails; broken at what is expected, all that has a price is closed. */
test.each`
  story                                         | shares     | cost      | last      | bid        | says
  ${'five shares cannot hide a crash'}          | ${'5'}     | ${'4.75'} | ${'0.95'} | ${'30000'} | ${'failed daily_loss'}
  ${'broken even if they pay'}                  | ${'5'}     | ${'4.75'} | ${'0.95'} | ${'54999'} | ${'failed daily_loss'}
  ${'broken unless they pay'}                   | ${'5'}     | ${'4.75'} | ${'0.95'} | ${'55000'} | ${'close limit_in_doubt BTC-USD, daily_loss in doubt'}
  ${'not broken by what they were last'}        | ${'5'}     | ${'4.75'} | ${'0.95'} | ${'55001'} | ${'open'}
  ${'a lottery ticket hides it, and is closed'} | ${'10000'} | ${'100'}  | ${'0.01'} | ${'54000'} | ${'close limit_in_doubt BTC-USD, daily_loss in doubt'}
  ${'a crash that no ticket can pay for'}       | ${'10000'} | ${'100'}  | ${'0.01'} | ${'45000'} | ${'failed daily_loss'}
  ${'what was last good counts, not the cost'}  | ${'10000'} | ${'100'}  | ${'0.1'}  | ${'55000'} | ${'open'}
`('$story: $says', ({ shares, cost, last, bid, says }) => {
  expect(told(judge(CALM, beside(shares, cost), marks(quoteOn(BTC, bid), gone(quoteOn(YES, last))), NOW))).toBe(says);
});

test('in doubt with nothing left to close the account waits, and fails or lives by what comes', () => {
  const account = accountWith('94900', [held(YES, '10000', '100')]);
  const at = (quote: Quote) => told(judge(CALM, account, marks(quote), NOW));
  expect(at(gone(quoteOn(YES, '0.01')))).toBe('open, daily_loss in doubt');
  expect(at(quoteOn(YES, '0.01'))).toBe('failed daily_loss');
  expect(at(quoteOn(YES, '0.9'))).toBe('open');
});

test('a pass asks for what is there even at the worst, and a peak is no higher than that', () => {
  const rules: RuleSet = { ...CALM, target: { profitUsd: dollars('10000'), counts: 'equity', closesAll: true } };
  const account = accountWith('109999', [held(YES, '10000', '100')]);
  const unpriced = judge(rules, account, marks(gone(quoteOn(YES, '0.9'))), NOW);
  expect([told(unpriced), unpriced.gates[0]?.have]).toEqual(['open', dollars('9999')]);
  expect(told(judge(rules, account, marks(quoteOn(YES, '0.9')), NOW))).toBe('passed');
  const richer = accountWith('110000', [held(YES, '10000', '100')]);
  expect(told(judge(rules, richer, marks(gone(quoteOn(YES, '0.9'))), NOW))).toBe('passed');
});

const contextOf = (rules: RuleSet, account: DecisionContext['account'], books: readonly Book[], at = NOW) => ({
  status: 'active' as const,
  rules,
  account,
  at,
  instruments: INSTRUMENTS,
  books: new Map(books.map((book) => [book.instrument, book])),
  taken: new Map(),
  tape: new Map(),
  blackouts: [],
  nextFillId: () => idOf<FillId>('f'),
  nextOrderId: () => idOf<OrderId>('o'),
});

const PAST = followed(bookOf('', '', { instrument: YES }), bookOf('9@0.01', '9@0.02', { instrument: YES }));

test('a deadline is missed while something has no price, and the rest is closed', () => {
  const rules: RuleSet = { ...CALM, activity: { ...CALM.activity, timeLimitDays: 1 } };
  const at = plusMs(NOW, DAY_MS);
  const books = [bookOf('9@60000', '9@60000', { receivedAt: at }), PAST];
  const { status, before, after } = advanceAccount(contextOf(rules, beside('5', '4.75'), books, at));
  expect(status).toBe('failed');
  const left = fold(rules, beside('5', '4.75'), [...before, ...after]);
  expect(left.positions.map(({ instrument }) => instrument)).toEqual([YES]);
});

test('what is closed in doubt says so, and the recovery is not for whoever was in it', () => {
  const lottery = beside('10000', '100');
  const crashed = advanceAccount(contextOf(CALM, lottery, [bookOf('9@54000', '9@54001'), PAST]));
  const fills = crashed.before.flatMap((event) => (event.kind === 'order_filled' ? [event.fill] : []));
  expect(fills.map(({ instrument, closedFor }) => `${instrument} ${closedFor}`)).toEqual(['BTC-USD limit_in_doubt']);
  expect([crashed.status, crashed.judgement.inDoubt]).toEqual(['active', 'daily_loss']);
  const left = fold(CALM, lottery, [...crashed.before, ...crashed.after]);
  const recovered = advanceAccount(contextOf(CALM, left, [bookOf('9@99000', '9@99001'), PAST]));
  expect([recovered.status, recovered.judgement.inDoubt]).toEqual(['active', 'daily_loss']);
});

/** 1 BTC bought at 60,000 and quoted at 56,000; ether that was bought at 3,000 and is not quoted any more. */
test.each`
  story                        | ether                                                                                               | anchor
  ${'each its own last price'} | ${[followed(bookOf('', '', { instrument: ETH }), bookOf('9@3000', '9@3001', { instrument: ETH }))]} | ${'96000.00'}
  ${'what it was last'}        | ${[bookOf('9@3500', '9@3501', { instrument: ETH, receivedAt: plusMs(NOW, -DAY_MS) })]}              | ${'96500.00'}
  ${'it never had a price'}    | ${[]}                                                                                               | ${'96000.00'}
`('a day begins with $anchor: $story', ({ ether, anchor }) => {
  const rules: RuleSet = {
    ...CALM,
    dailyLoss: { anchor: 'equity', width: { kind: 'usd', usd: dollars('5000') }, severity: 'fail', gainCapUsd: null },
  };
  const account = accountWith('37000', [held(BTC, '1', '60000'), held(ETH, '1', '3000')]);
  const at = plusMs(NOW, DAY_MS);
  const books = [bookOf('9@56000', '9@56001', { receivedAt: at }), ...ether];
  expect(beginDay(contextOf(rules, account, books, at))).toMatchObject([{ dayAnchorUsd: dollars(anchor) }]);
});

const INSTRUMENT = [BTC, ETH, YES] as const;
const priceIn = (low: bigint, high: bigint) => fc.bigInt({ min: low, max: high }).map(price);
const one = (instrument: (typeof INSTRUMENT)[number]) =>
  fc.record({
    qty:
      instrument === YES ? fc.bigInt({ min: 1n, max: 10n ** 13n }) : fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    last: instrument === YES ? priceIn(0n, 10n ** 8n) : priceIn(1n, 10n ** 13n),
    isPriced: fc.boolean(),
    /** Where the true price lies within what it can be, in millionths. */
    where: fc.bigInt({ min: 0n, max: 1_000_000n }),
  });

type One = {
  readonly qty: bigint;
  readonly last: ReturnType<typeof price>;
  readonly isPriced: boolean;
  readonly where: bigint;
};

const quoteAt = (instrument: (typeof INSTRUMENT)[number], at: bigint): Quote => {
  const level = { price: price(at), qty: qty(1n) };
  return { ...quoteOn(instrument, '1'), bid: level, ask: level };
};

/** Somewhere within the bounds of what has no price. */
const trueOf = (instrument: (typeof INSTRUMENT)[number], { last, where, isPriced }: One): bigint => {
  if (isPriced) return last;
  return instrument === YES ? 100n * where : (last * (500_000n + where)) / 1_000_000n;
};

test('whatever has a price or none: a verdict at the bounds is the verdict at every price within them', () => {
  const cash = fc.bigInt({ min: -(10n ** 12n), max: 3n * 10n ** 11n });
  const counts = fc.constantFrom<RuleSet['touch']>('breach', 'safe');
  fc.assert(
    fc.property(one(BTC), one(ETH), one(YES), cash, counts, (btc, eth, yes, cashUnits, touch) => {
      const all: readonly One[] = [btc, eth, yes];
      const rules: RuleSet = {
        ...RULES,
        touch,
        target: { profitUsd: dollars('10000'), counts: 'equity', closesAll: false },
      };
      const positions = all.flatMap(({ qty: amount }, nth) => {
        const instrument = INSTRUMENT[nth];
        return amount === 0n || !instrument ? [] : [{ ...held(instrument, '1', '100'), qty: qty(amount) }];
      });
      const account = accountWith('0', positions, { cashUsd: cashUnits as never });
      const known = INSTRUMENT.map((instrument, nth) => {
        const quote = quoteAt(instrument, all[nth]?.last ?? 0n);
        return all[nth]?.isPriced ? quote : gone(quote);
      });
      const truth = marks(...INSTRUMENT.map((id, nth) => quoteAt(id, trueOf(id, all[nth] as One))));
      const { worstUsd, expectedUsd, bestUsd, unpriced } = equityOf(account, marks(...known));
      const exact = equityOf(account, truth);
      expect(exact.worstUsd).toBe(exact.bestUsd);
      expect(worstUsd <= expectedUsd && expectedUsd <= bestUsd).toBe(true);
      expect(worstUsd <= exact.expectedUsd && exact.expectedUsd <= bestUsd).toBe(true);
      if (unpriced.length === 0) expect([worstUsd, bestUsd]).toEqual([exact.worstUsd, exact.worstUsd]);
      const [found, rightly] = [judge(rules, account, marks(...known), NOW), judge(rules, account, truth, NOW)];
      if (found.verdict.kind === 'failed') expect(rightly.verdict.kind).toBe('failed');
      if (found.verdict.kind === 'passed') expect(rightly.verdict.kind).toBe('passed');
    }),
    { numRuns: 500 },
  );
});
