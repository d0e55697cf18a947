import fc from 'fast-check';
import { type Account, balanceOf } from '../../../domain/account/account';
import { type Judgement, judge, openDay, type Unjudged } from '../../../domain/assessment/judge';
import { firstBroken, type RuleName, type RuleSet, roomsOf } from '../../../domain/assessment/rules';
import { formatUsd, price, usd } from '../../../domain/kernel/money';
import { accountWith, BTC, dollars, ETH, held, marks, moment, quoteOn, RULES, units, YES } from '../story';

/** An account of a balance with an open long of 1 BTC that floats by so much: bought at 60,000, bid accordingly. */
const floating = (balance: string, float: string, more: Partial<Account> = {}): Account =>
  accountWith(formatUsd(usd(dollars(balance) - dollars('60000'))), [held(BTC, '1', '60000')], {
    dayAnchorUsd: dollars(balance),
    ...more,
    ...(float === '' ? { cashUsd: dollars(balance), positions: [] } : {}),
  });

const bidOf = (float: string) => formatUsd(usd(dollars('60000') + dollars(float === '' ? '0' : float)));

const verdictOf = (judgement: Judgement | Unjudged): string => {
  if ('unpriced' in judgement) return `unjudged: ${judgement.unpriced.join(' ')}`;
  const { verdict } = judgement;
  return verdict.kind === 'failed' ? `failed ${verdict.broken.rule}` : verdict.kind;
};

const judged = (rules: RuleSet, account: Account, bid: string) =>
  verdictOf(judge(rules, account, marks(quoteOn(BTC, bid, '99999'))));

const WIDE: Partial<RuleSet> = { dailyLossUsd: dollars('10000'), riskPerTradeUsd: dollars('10000') };

/** Goal: the static maximum loss. Starting 100,000, drawdown 10,000; the other limits are out of the way. */
test.each`
  id                                     | balance     | float             | verdict
  ${'ML-S1: a dollar above the floor'}   | ${'92000'}  | ${'-1999'}        | ${'open'}
  ${'ML-S2: touching the floor'}         | ${'92000'}  | ${'-2000'}        | ${'failed max_drawdown'}
  ${'ML-S3: below it, balance healthy'}  | ${'92000'}  | ${'-2001'}        | ${'failed max_drawdown'}
  ${'ML-S4: a millionth above it'}       | ${'92000'}  | ${'-1999.999999'} | ${'open'}
  ${'ML-S5: one trade of 10 k, closed'}  | ${'90000'}  | ${''}             | ${'failed max_drawdown'}
  ${'the floor does not follow profits'} | ${'150000'} | ${'-9999'}        | ${'open'}
`('$id', ({ balance, float, verdict }) => {
  expect(
    judged({ ...RULES, ...WIDE, profitTargetUsd: dollars('100000') }, floating(balance, float), bidOf(float)),
  ).toBe(verdict);
});

const FTMO: RuleSet = {
  ...RULES,
  startingUsd: dollars('200000'),
  profitTargetUsd: dollars('20000'),
  maxDrawdownUsd: dollars('20000'),
  dailyLossUsd: dollars('10000'),
  riskPerTradeUsd: dollars('20000'),
  dayZone: 'Europe/Prague',
};

/** Goal: the daily loss, anchored on the balance at the day’s start. 200,000, 5 % of it: the first floor is 190,000. */
test.each`
  id                                            | anchor      | balance     | float             | verdict
  ${'DL-1: a millionth above the first floor'}  | ${'200000'} | ${'200000'} | ${'-9999.999999'} | ${'open'}
  ${'DL-1: on the first floor'}                 | ${'200000'} | ${'200000'} | ${'-10000'}       | ${'failed daily_loss'}
  ${'DL-2: today’s profit may be lost too'}     | ${'200000'} | ${'204000'} | ${'-13999'}       | ${'open'}
  ${'DL-2: but not more'}                       | ${'200000'} | ${'204000'} | ${'-14000'}       | ${'failed daily_loss'}
  ${'DL-3: from midnight the floor is 194,000'} | ${'204000'} | ${'204000'} | ${'-9999'}        | ${'open'}
  ${'DL-3: and it holds'}                       | ${'204000'} | ${'204000'} | ${'-10000'}       | ${'failed daily_loss'}
  ${'a loss closed counts like an open one'}    | ${'200000'} | ${'190000'} | ${''}             | ${'failed daily_loss'}
`('$id', ({ anchor, balance, float, verdict }) => {
  const account = floating(balance, float, { dayAnchorUsd: dollars(anchor) });
  expect(judged(FTMO, account, bidOf(float))).toBe(verdict);
});

test('DL-4: a loss carried over midnight is alive at 23:59:59 and fails at 00:00:00 without a price moving', () => {
  const carried = floating('204000', '-13000', { day: '2026-03-14', dayAnchorUsd: dollars('200000') });
  const [before, after] = [moment('2026-03-14T22:59:59.999Z'), moment('2026-03-14T23:00:00Z')];
  expect(judged(FTMO, openDay(carried, FTMO, before), bidOf('-13000'))).toBe('open');
  expect(judged(FTMO, openDay(carried, FTMO, after), bidOf('-13000'))).toBe('failed daily_loss');
});

test('DL-17: the first, partial day is anchored at the start, and the reset moves the anchor once', () => {
  const bought = floating('199000', '0', { day: '2026-03-14', dayAnchorUsd: dollars('200000') });
  const evening = openDay(bought, FTMO, moment('2026-03-14T22:59:59.999Z'));
  expect(evening).toBe(bought);
  const night = openDay(bought, FTMO, moment('2026-03-14T23:00:00Z'));
  expect(night).toEqual({ ...bought, day: '2026-03-15', dayAnchorUsd: dollars('199000') });
  expect(openDay(night, FTMO, moment('2026-03-15T12:00:00Z'))).toBe(night);
});

test('a day is never opened backwards: a late event keeps the anchor', () => {
  const account = floating('199000', '0', { day: '2026-03-15', dayAnchorUsd: dollars('204000') });
  expect(openDay(account, FTMO, moment('2026-03-14T12:00:00Z'))).toBe(account);
});

test('days without an event are passed over: the anchor is the balance of now', () => {
  const account = floating('199000', '0', { day: '2026-03-14', dayAnchorUsd: dollars('204000') });
  const later = openDay(account, FTMO, moment('2026-03-29T21:59:59Z'));
  expect([later.day, later.dayAnchorUsd]).toEqual(['2026-03-29', dollars('199000')]);
});

test('the anchor is the balance, open profit left out: DL-18, anchor and test use the same quantities', () => {
  const account = accountWith('8468', [held(YES, '2000', '1532')], { day: '2026-03-13' });
  const opened = openDay(account, { ...RULES, startingUsd: dollars('10000') }, moment('2026-03-14T00:00:00Z'));
  expect(opened.dayAnchorUsd).toBe(dollars('10000'));
});

/** Goal: which rule is the reason. A closed loss in one step, 100,000: the higher floor was met first. */
test.each`
  id                                          | max       | daily     | anchor      | balance    | verdict
  ${'§3.2: daily 2k above max 3k'}            | ${'3000'} | ${'2000'} | ${'100000'} | ${'96500'} | ${'failed daily_loss'}
  ${'§3.2: max 3k above daily 4k'}            | ${'3000'} | ${'4000'} | ${'100000'} | ${'95500'} | ${'failed max_drawdown'}
  ${'§3.2: only the higher one is broken'}    | ${'3000'} | ${'2000'} | ${'100000'} | ${'97500'} | ${'failed daily_loss'}
  ${'a tie: the first of the table'}          | ${'3000'} | ${'3000'} | ${'100000'} | ${'97000'} | ${'failed daily_loss'}
  ${'a day that began low: max is higher'}    | ${'3000'} | ${'3000'} | ${'98000'}  | ${'94000'} | ${'failed max_drawdown'}
  ${'a day that began high: daily is higher'} | ${'3000'} | ${'3000'} | ${'104000'} | ${'96000'} | ${'failed daily_loss'}
`('$id', ({ max, daily, anchor, balance, verdict }) => {
  const rules = { ...RULES, maxDrawdownUsd: dollars(max), dailyLossUsd: dollars(daily) };
  expect(judged(rules, floating(balance, '', { dayAnchorUsd: dollars(anchor) }), '60000')).toBe(verdict);
});

/** Goal: what passes. 100,000 and a target of 10,000 closed profit, at least 3 trades. */
test.each`
  id                                           | balance            | float    | trades | verdict
  ${'TG-2: open profit does not count'}        | ${'109900'}        | ${'200'} | ${3}   | ${'open'}
  ${'TG-2: not even beyond, while it is open'} | ${'110000'}        | ${'0'}   | ${3}   | ${'open'}
  ${'TG-2: closed, it passes'}                 | ${'110000'}        | ${''}    | ${3}   | ${'passed'}
  ${'a millionth short'}                       | ${'109999.999999'} | ${''}    | ${3}   | ${'open'}
  ${'too few trades'}                          | ${'115000'}        | ${''}    | ${2}   | ${'open'}
  ${'more trades than needed'}                 | ${'110000'}        | ${''}    | ${9}   | ${'passed'}
`('$id', ({ balance, float, trades, verdict }) => {
  const account = floating(balance, float, { tradesClosed: trades });
  expect(judged({ ...RULES, tradesMin: 3 }, account, bidOf(float))).toBe(verdict);
});

test('§3.1: a breach beats a pass at the same prices', () => {
  const account = floating('110000', '', { dayAnchorUsd: dollars('115000') });
  expect(judged(RULES, account, '60000')).toBe('failed daily_loss');
  expect(judged(RULES, { ...account, dayAnchorUsd: dollars('114999.999999') }, '60000')).toBe('passed');
});

/** Goal: the loss of one position since it was last flat, its fees included; the limit is 3,000. */
test.each`
  story                                      | position                                                      | bid        | verdict
  ${'a loss below the limit'}                | ${held(BTC, '1', '60000')}                                    | ${'57001'} | ${'open'}
  ${'touching it'}                           | ${held(BTC, '1', '60000')}                                    | ${'57000'} | ${'failed risk_per_trade'}
  ${'RK-1: fees count'}                      | ${held(BTC, '1', '60000', { feesUsd: dollars('60') })}        | ${'57061'} | ${'open'}
  ${'RK-2: and break it'}                    | ${held(BTC, '1', '60000', { feesUsd: dollars('60') })}        | ${'57060'} | ${'failed risk_per_trade'}
  ${'a loss realized in part counts'}        | ${held(BTC, '1', '60000', { realizedUsd: dollars('-1000') })} | ${'58000'} | ${'failed risk_per_trade'}
  ${'a profit realized in part helps'}       | ${held(BTC, '1', '60000', { realizedUsd: dollars('1000') })}  | ${'56001'} | ${'open'}
  ${'RK-4: risk is per position, not order'} | ${held(BTC, '2', '121000', { feesUsd: dollars('120') })}      | ${'59500'} | ${'open'}
`('$story', ({ position, bid, verdict }) => {
  const account = accountWith(formatUsd(usd(dollars('100000') - position.costUsd)), [position]);
  const rules = { ...RULES, riskPerTradeUsd: dollars('3000') };
  expect(judged(rules, account, bid)).toBe(verdict);
});

test('PM-2: an outcome that resolves against its holder is tested at the resolution', () => {
  const account = accountWith('99600', [held(YES, '1000', '400')]);
  const rules = { ...RULES, riskPerTradeUsd: dollars('400') };
  const resolved = (bid: string) => verdictOf(judge(rules, account, marks(quoteOn(YES, bid, '1'))));
  expect([resolved('0.01'), resolved('0'), resolved('1')]).toEqual(['open', 'failed risk_per_trade', 'open']);
});

test('PM-5: without a good price nobody is judged, whatever the others show; the missing are named', () => {
  const account = accountWith('0', [held(BTC, '1', '60000'), held(ETH, '1', '3000'), held(YES, '10', '4')]);
  expect(verdictOf(judge(RULES, account, marks()))).toBe('unjudged: BTC-USD ETH-USD PM-rain-YES');
  expect(verdictOf(judge(RULES, account, marks(quoteOn(ETH, '1'))))).toBe('unjudged: BTC-USD PM-rain-YES');
});

test('the rooms say what is used of each limit and what is left, profits as nothing used', () => {
  const account = floating('101000', '-1500.5', { dayAnchorUsd: dollars('102000') });
  const judgement = judge(RULES, account, marks(quoteOn(BTC, bidOf('-1500.5'))));
  if ('unpriced' in judgement) throw new Error('the only position has a price');
  const told = judgement.rooms.map(({ rule, limitUsd, usedUsd, roomUsd }) =>
    [rule, ...[limitUsd, usedUsd, roomUsd].map(formatUsd)].join(' '),
  );
  expect(told).toEqual([
    'daily_loss 5000.00 2500.50 2499.50',
    'max_drawdown 10000.00 500.50 9499.50',
    'risk_per_trade 10000.00 1500.50 8499.50',
  ]);
  expect([formatUsd(judgement.equityUsd), formatUsd(judgement.balanceUsd)]).toEqual(['99499.50', '101000.00']);
});

test('a profit uses nothing of a limit and widens its room', () => {
  const account = floating('104000', '', { dayAnchorUsd: dollars('100000') });
  const rooms = roomsOf(RULES, { account, equityUsd: dollars('104000'), marks: marks() });
  expect(rooms.map(({ rule, usedUsd, roomUsd }) => `${rule} ${formatUsd(usedUsd)} ${formatUsd(roomUsd)}`)).toEqual([
    'daily_loss 0.00 9000.00',
    'max_drawdown 0.00 14000.00',
    'risk_per_trade 0.00 10000.00',
  ]);
});

const rooms = fc.array(
  fc.record({
    rule: fc.constantFrom<RuleName>('daily_loss', 'max_drawdown', 'risk_per_trade'),
    limitUsd: fc.constant(dollars('10')),
    usedUsd: fc.constant(dollars('10')),
    roomUsd: fc.bigInt({ min: -5n, max: 5n }).map(usd),
  }),
  { maxLength: 6 },
);

test('the first broken rule is the one overshot the furthest, the earliest of equals, none while there is room', () => {
  fc.assert(
    fc.property(rooms, (given) => {
      const first = firstBroken(given);
      const lowest = given.reduce((low, { roomUsd }) => (roomUsd < low ? roomUsd : low), 5n as bigint);
      expect(first).toBe(lowest <= 0n ? given.find(({ roomUsd }) => roomUsd === lowest) : undefined);
    }),
  );
});

test('whatever the account and the price: failed exactly when a floor is touched, and never passed while open', () => {
  const cents = fc.bigInt({ min: 0n, max: 200_000_00n }).map((n) => usd(n * 10_000n));
  fc.assert(
    fc.property(cents, cents, fc.bigInt({ min: 0n, max: 120_000_00n }), fc.boolean(), (cash, anchor, bid, isOpen) => {
      const positions = isOpen ? [held(BTC, '1', '60000')] : [];
      const account = accountWith('0', positions, { cashUsd: cash, dayAnchorUsd: anchor });
      const quote = { ...quoteOn(BTC, '1'), bid: { price: price(bid * 1_000_000n), qty: units('1') } };
      const judgement = judge(RULES, account, marks(quote));
      if ('unpriced' in judgement) throw new Error('the only position has a price');
      const equity = cash + (isOpen ? bid * 10_000n : 0n);
      const loss = isOpen ? dollars('60000') - bid * 10_000n : 0n;
      const touched = equity <= anchor - dollars('5000') || equity <= dollars('90000') || loss >= RULES.riskPerTradeUsd;
      expect(judgement.equityUsd).toBe(equity);
      expect(judgement.verdict.kind === 'failed').toBe(touched);
      const reached = !isOpen && balanceOf(account) >= dollars('110000');
      expect(judgement.verdict.kind === 'passed').toBe(reached && !touched);
    }),
    { numRuns: 300 },
  );
});
