import { decideAgain, replayEvidence } from '../../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { DAY_MS, instant } from '../../../domain/kernel/instant';
import { formatUsd, qty } from '../../../domain/kernel/money';
import { quoteOf } from '../../../domain/market/book';
import { sha256Digest } from '../../../runtime/edge';
import { limitAt, openTrading, priceOf, rain, type Trading } from '../../fixtures/open-trading';
import { bitcoin, dollars, rules } from '../../fixtures/stored-account';

const free = { riskPerTrade: null };

const bought = async (amount: string, changes: Partial<RuleSet> = {}) => {
  const trading = await openTrading(changes);
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', amount);
  return trading;
};

const verdictOf = (trading: Trading) => trading.world.accounts.get(trading.accountId)?.verdict;
const evidenceOf = (trading: Trading) => verdictOf(trading)?.evidence ?? '';
const told = (trading: Trading) => trading.events().map(({ type, accountVersion }) => `${accountVersion} ${type}`);

const seenAt = (trading: Trading, bid: string, at = trading.now()) => {
  const quote = quoteOf(trading.quote(bitcoin.id, bid, bid));
  if (!quote) throw new Error('the book is good');
  return { quotes: [{ ...quote, receivedAt: at }], at };
};

/** Goal: a verdict falls exactly where the rules say, once, with evidence that can be decided again. */
describe('judging', () => {
  test('an account with room goes on and writes nothing', async () => {
    const trading = await bought('0.5');
    const judged = await trading.judge();
    expect([judged.outcome, (await trading.snapshot()).version]).toEqual(['open', 3]);
  });

  test('a breach is a violation, then a failed assessment, and then its positions are closed', async () => {
    const trading = await bought('0.5', free);
    trading.quote(bitcoin.id, '50156.00', '50157'); // 100,000 − 78 fee − 4,922 = the floor of the day, exactly.
    expect((await trading.judge()).outcome).toBe('failed');
    expect(told(trading).slice(3)).toEqual([
      '4 rules.violation-detected',
      '5 assessment.abandoned',
      '6 trading.order-placed',
      '7 trading.order-filled',
    ]);
    expect(verdictOf(trading)?.violation?.broken).toMatchObject({ kind: 'limit', rule: 'daily_loss', roomUsd: 0n });
    expect(verdictOf(trading)?.evidenceHash).toBe(sha256Digest.sha256(evidenceOf(trading)));
    expect(replayEvidence(evidenceOf(trading))).toBe(evidenceOf(trading));
    expect((await trading.snapshot()).account.positions).toEqual([]);
  });

  test('the evidence is of the account as it was judged: before its positions were closed', async () => {
    const trading = await bought('0.5', free);
    trading.quote(bitcoin.id, '50000', '50001');
    await trading.judge();
    const { input } = decideAgain(evidenceOf(trading));
    expect(input.accountVersion).toBe(3);
    expect(input.account.positions).toMatchObject([{ qty: 50_000_000n }]);
    expect(input.quotes.map(({ bid, sequence }) => [bid?.price, sequence])).toEqual([[priceOf('50000'), 2]]);
  });

  test('one cent above the floor goes on, and the trader is warned', async () => {
    const trading = await bought('0.5', free);
    trading.quote(bitcoin.id, '50156.02', '50157');
    expect((await trading.judge()).outcome).toBe('open');
    const warned = trading.events().filter(({ type }) => type === 'rules.limit-warned');
    expect(warned.map(({ data }) => [data.rule, data.percent])).toContainEqual(['daily_loss', 95]);
    const { version } = await trading.snapshot();
    await trading.judge();
    expect((await trading.snapshot()).version).toBe(version);
  });

  test('a verdict is final: later prices change nothing', async () => {
    const trading = await bought('0.5');
    trading.quote(bitcoin.id, '40000', '40001');
    await trading.judge();
    const settled = await trading.snapshot();
    trading.quote(bitcoin.id, '90000', '90001');
    expect([(await trading.judge()).outcome, await trading.snapshot()]).toEqual(['closed', settled]);
  });

  test('a position without a fresh price is judged by its last good one, and what was not good is none', async () => {
    const trading = await bought('0.5');
    const { bid } = trading.quote(bitcoin.id, '100', '101', 'stale').last ?? {};
    for (const ms of [0, 10_001]) {
      trading.later(ms);
      const judged = await trading.judge();
      expect(judged).toMatchObject({
        outcome: 'open',
        judgement: { unpriced: [bitcoin.id] },
        quotes: [{ last: { bid } }],
      });
    }
  });

  test.each`
    book                       | bid    | ask       | quality
    ${'that is empty'}         | ${''}  | ${''}     | ${'good'}
    ${'without a bid'}         | ${''}  | ${'0.97'} | ${'good'}
    ${'that failed its check'} | ${'0'} | ${'0.01'} | ${'gapped'}
  `('PM-5: a market that closed with a book $book fails nobody: there is no price of zero', async (given) => {
    const trading = await openTrading({ riskPerTrade: null });
    trading.quote(rain.id, '0.96', '0.97');
    await trading.order('buy', '10000', { instrument: rain.id });
    const sides = trading.quote(rain.id, given.bid || '1', given.ask || '1', given.quality);
    const [bids, asks] = [given.bid === '' ? [] : sides.bids, given.ask === '' ? [] : sides.asks];
    trading.books.set(rain.id, { ...sides, bids, asks });
    trading.catalogue.set(rain.id, { ...rain, status: 'closed' });
    expect(await trading.judge()).toMatchObject({ outcome: 'open', judgement: { unpriced: [rain.id] } });
    expect((await trading.snapshot()).status).toBe('active');
  });

  test('a pass has evidence too, and ends the orders that work', async () => {
    const target = { profitUsd: dollars(3_000), counts: 'realized_flat', closesAll: false } as const;
    const trading = await bought('1', { ...free, target, activity: { ...rules.activity, tradesMin: 2 } });
    trading.quote(bitcoin.id, '65000', '65000');
    expect((await trading.judge()).outcome).toBe('open');
    await trading.order('sell', '1');
    expect((await trading.judge()).outcome).toBe('open');
    await trading.order('buy', '0.01');
    await trading.order('sell', '0.01');
    await trading.order('buy', '0.01', { terms: limitAt('60000') });
    expect((await trading.judge()).outcome).toBe('passed');
    expect(
      told(trading)
        .slice(-2)
        .map((line) => line.split(' ')[1]),
    ).toEqual(['assessment.completed', 'trading.order-cancelled']);
    expect(replayEvidence(evidenceOf(trading))).toBe(evidenceOf(trading));
    expect((await trading.snapshot()).status).toBe('passed');
  });

  test('evidence that was touched does not replay to itself', async () => {
    const trading = await bought('0.5');
    trading.quote(bitcoin.id, '40000', '40001');
    await trading.judge();
    const touched = evidenceOf(trading).replace('"bid": "40000"', '"bid": "59000"');
    expect(touched).not.toBe(evidenceOf(trading));
    expect(replayEvidence(touched)).not.toBe(touched);
  });

  test('a new day forgives yesterday, and a loss carried over midnight counts from the balance', async () => {
    const trading = await bought('0.5', free);
    trading.later(DAY_MS);
    trading.quote(bitcoin.id, '50160', '50161');
    const judged = await trading.judge();
    expect(judged.outcome).toBe('open');
    expect(trading.events().some(({ type }) => type === 'assessment.day-opened')).toBe(true);
    trading.quote(bitcoin.id, '50000', '50001');
    expect((await trading.judge()).outcome).toBe('failed');
  });

  test('evidence names the version of the account that it is of: a day that began by the same act is in it', async () => {
    const trading = await bought('0.5', free);
    trading.later(DAY_MS);
    trading.quote(bitcoin.id, '40000', '40001');
    await trading.judge();
    const violation = trading.events().find(({ type }) => type === 'rules.violation-detected');
    expect(told(trading)[3]).toBe('4 assessment.day-opened');
    expect([decideAgain(evidenceOf(trading)).input.accountVersion, violation?.accountVersion]).toEqual([4, 5]);
  });

  test('a resting order is filled where the market trades through it, and judged with its fill', async () => {
    const trading = await openTrading(free);
    trading.quote(bitcoin.id, '60000', '60000');
    await trading.order('buy', '0.5', { terms: limitAt('59000') });
    trading.later(1);
    trading.quote(bitcoin.id, '58000', '58001');
    const judged = await trading.judge();
    expect(judged.outcome).toBe('open');
    const filled = trading.events().find(({ type }) => type === 'trading.order-filled');
    expect(filled?.data).toMatchObject({ liquidity: 'maker', price: '59000', part: 1 });
    expect('snapshot' in judged && judged.snapshot).toEqual(await trading.snapshot());
  });

  test('a pause is no violation: orders that add risk are refused until the next day', async () => {
    const dailyLoss = { ...rules.dailyLoss, severity: 'pause' } as RuleSet['dailyLoss'];
    const trading = await bought('0.5', { ...free, dailyLoss });
    trading.quote(bitcoin.id, '50000', '50001');
    await trading.judge();
    expect([(await trading.snapshot()).status, verdictOf(trading)]).toEqual(['active', undefined]);
    expect(told(trading).filter((line) => line.endsWith('rules.trading-paused'))).toHaveLength(1);
    expect(await trading.order('buy', '0.1')).toMatchObject({ ok: false, refusal: 'trading_paused' });
    trading.later(DAY_MS);
    trading.quote(bitcoin.id, '60000', '60001');
    expect(await trading.order('buy', '0.1')).toMatchObject({ ok: true });
  });
});

describe('what an engine saw', () => {
  test('is judged at its own time, whatever the market has done since', async () => {
    const trading = await bought('0.5', free);
    trading.later(1_000);
    const seen = seenAt(trading, '50000');
    trading.later(60_000);
    trading.quote(bitcoin.id, '60000', '60000');
    expect((await trading.judge(seen)).outcome).toBe('failed');
    const { input } = decideAgain(evidenceOf(trading));
    expect([input.at, input.quotes[0]?.bid?.price]).toEqual([seen.at, priceOf('50000')]);
    expect((await trading.snapshot()).account.positions).toEqual([]);
  });

  test('before the account’s latest fill says nothing about it: it is judged at the prices of now', async () => {
    const trading = await openTrading(free);
    const seen = seenAt(trading, '50000');
    trading.later(1_000);
    trading.quote(bitcoin.id, '60000', '60000');
    await trading.order('buy', '0.5');
    expect((await trading.judge(seen)).outcome).toBe('open');
    expect((await trading.snapshot()).status).toBe('active');
  });

  test('of yesterday says nothing about an account whose day has begun', async () => {
    const trading = await bought('0.5', free);
    trading.later(1_000);
    const seen = seenAt(trading, '50000');
    trading.later(DAY_MS);
    trading.quote(bitcoin.id, '60000', '60000');
    await trading.judge();
    expect((await trading.judge(seen)).outcome).toBe('open');
  });

  test('at the top of a book alone, the rest of a failed account is closed at the book of now', async () => {
    const trading = await bought('0.5', free);
    trading.later(1_000);
    const thin = trading.quote(bitcoin.id, '50000', '50001', 'good', qty(10_000_000n));
    const quote = quoteOf(thin);
    if (!quote) throw new Error('the book is good');
    trading.quote(bitcoin.id, '49000', '49001');
    await trading.judge({ quotes: [quote], at: trading.now() });
    const fills = trading.world.accounts.get(trading.accountId)?.fills ?? [];
    expect(fills.slice(1).map(({ qty: amount, price }) => [amount, price])).toEqual([
      [10_000_000n, priceOf('50000')],
      [40_000_000n, priceOf('49000')],
    ]);
    const { status, account } = await trading.snapshot();
    expect([status, account.positions]).toEqual(['failed', []]);
  });

  test('by an engine that has lost its share of the accounts is not saved', async () => {
    const trading = await bought('0.5', free);
    trading.world.epochs.set(3, 8);
    trading.quote(bitcoin.id, '50000', '50001');
    const quotes = [...trading.quotes()];
    const asLost = await trading.judge({ quotes, at: trading.now(), fence: { shard: 3, epoch: 7 } });
    expect([asLost.outcome, (await trading.snapshot()).status]).toEqual(['busy', 'active']);
    const asOwner = await trading.judge({ quotes, at: trading.now(), fence: { shard: 3, epoch: 8 } });
    expect(asOwner.outcome).toBe('failed');
  });
});

const trailing: Partial<RuleSet> = {
  ...free,
  dailyLoss: null,
  maxLoss: { ...rules.maxLoss, mode: 'trailing_intraday', trails: 'equity' },
};

/** Goal: a peak between two judgements counts, as far as it was of this account and this day. */
describe('a peak', () => {
  test('raises the floor that the account is judged by', async () => {
    const trading = await bought('1', trailing);
    trading.later(1_000);
    const { quotes } = seenAt(trading, '66000');
    trading.later(1_000);
    const low = seenAt(trading, '56001'); // A dollar above the floor, 10,000 below the peak of 105,844.
    expect((await trading.judge({ ...low, peak: { equityUsd: dollars(1), quotes } })).outcome).toBe('open');
    const { standing } = (await trading.snapshot()).account;
    expect(formatUsd(standing.peaks.highWaterUsd)).toBe('105844.00');
    const lower = seenAt(trading, '56000');
    expect((await trading.judge({ ...lower, peak: { equityUsd: dollars(1), quotes } })).outcome).toBe('failed');
    const raised = trading.events().filter(({ type }) => type === 'assessment.high-water-raised');
    expect(raised.map(({ data }) => data.highWaterUsd)).toEqual(['105844.00']);
  });

  test.each`
    story                                    | age
    ${'from before the position was bought'} | ${-1}
    ${'that the engine has not come to yet'} | ${60_000}
  `('$story raises nothing', async ({ age }) => {
    const trading = await bought('1', trailing);
    const { quotes } = seenAt(trading, '66000', instant(trading.now() + age));
    const now = seenAt(trading, '60000');
    expect((await trading.judge({ ...now, peak: { equityUsd: dollars(200_000), quotes } })).outcome).toBe('open');
    expect(formatUsd((await trading.snapshot()).account.standing.peaks.highWaterUsd)).toBe('100000.00');
  });

  test('of a day that is over raises nothing of the day that has begun', async () => {
    const trading = await bought('1', trailing);
    trading.later(1_000);
    const { quotes } = seenAt(trading, '66000');
    trading.later(DAY_MS);
    trading.quote(bitcoin.id, '60000', '60000');
    await trading.judge();
    await trading.judge({ ...seenAt(trading, '60000'), peak: { equityUsd: dollars(200_000), quotes } });
    expect(formatUsd((await trading.snapshot()).account.standing.peaks.highWaterUsd)).toBe('100000.00');
  });
});
