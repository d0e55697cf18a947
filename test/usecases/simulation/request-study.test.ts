import { balanceOf } from '../../../domain/account/account';
import { idOf, type StudyId, type TierId } from '../../../domain/kernel/ids';
import { instant, plusMs } from '../../../domain/kernel/instant';
import { type Price, ppm, price, usd } from '../../../domain/kernel/money';
import { uuidIds } from '../../../runtime/edge';
import type { CandleSpan } from '../../../usecases/ports/market-data/candles';
import type { NewStudy } from '../../../usecases/ports/simulation/study-store';
import { requestFirmStudy } from '../../../usecases/simulation/request-firm-study';
import { type RequestStudy, requestStudy } from '../../../usecases/simulation/request-study';
import { memorySettlementStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { MemoryStudies } from '../../fakes/memory-studies';
import { openTrading } from '../../fixtures/open-trading';
import { bitcoin, dollars, trace } from '../../fixtures/stored-account';

const FREE = { riskPerTrade: null, maxPosition: null };

/** Every minute of every trade, where they are known. */
type Marks = { readonly low: Price; readonly high: Price } | undefined;

async function opened(marks: Marks = undefined) {
  const trading = await openTrading(FREE as object);
  const memory = new MemoryStudies();
  await memory.queue.tellReady(instant(trading.now() + 10 ** 9));
  const asked: NewStudy[] = [];
  const studies = {
    ...memory.store,
    request: (...given: Parameters<typeof memory.store.request>) => {
      asked.push(given[0]);
      return memory.store.request(...given);
    },
  };
  const parts = {
    ...trading.parts,
    studies,
    assessments: memoryAssessmentStore(trading.world),
    settlements: memorySettlementStore(trading.world),
    candles: { extremes: async (spans: readonly CandleSpan[]) => spans.map(() => marks) },
    tiers: { list: async () => [] },
    traded: {
      latest: async () => [{ accountId: trading.accountId, startingUsd: dollars(100_000) }],
    },
  };
  const sender = () => ({ studyId: idOf<StudyId>(uuidIds.next()), userId: trading.userId, isAdmin: false, trace });
  const request = (changes: Partial<RequestStudy> = {}) =>
    requestStudy(parts)({
      ...sender(),
      subject: { kind: 'assessment', assessmentId: trading.assessmentId },
      trades: { kind: 'own' },
      days: 20,
      paths: 1_000,
      ...changes,
    });
  trading.quote(bitcoin.id, '50000', '50000');
  /** Trades that win and lose by turns, the last of them at the price of before. */
  const trade = async (count: number) => {
    for (let nth = 0; nth < count; nth++) {
      trading.quote(bitcoin.id, '50000', '50000');
      await trading.order('buy', '0.1');
      trading.later(30 * 60_000);
      const price = nth % 2 === 0 ? '50400' : '49700';
      trading.quote(bitcoin.id, price, price);
      await trading.order('sell', '0.1');
      trading.later(30 * 60_000);
    }
  };
  return { trading, parts, sender, request, trade, asked };
}

const odds = {
  kind: 'odds',
  strategy: {
    winRate: ppm(450_000n),
    riskUsd: dollars(200),
    payoff: ppm(1_500_000n),
    tradesPerDay: 2,
    heldMinutes: 30,
    restsOnWeekends: false,
  },
} as const;

/** Goal: what is simulated is the account as it stands, and the trades as they were made. */
test('own trades are drawn net of fees, as many a day and held for as long as they were', async () => {
  const { request, trade, asked } = await opened();
  await trade(9);
  expect(await request()).toMatchObject({
    ok: false,
    refusal: 'trades_too_few',
    fault: { rule: expect.stringMatching('1 more') },
  });
  await trade(3);
  expect(await request()).toMatchObject({
    ok: true,
    value: { isReplay: false, study: { trades: 'own', scope: 'everything' } },
  });
  const asks = asked[0]?.study.asks;
  if (asks?.scope !== 'everything' || asks.strategy.trades.kind !== 'history') throw new Error('own trades are drawn');
  expect(asks.strategy.heldMs).toBe(30 * 60_000);
  expect(asks.trials).toBe(1);
  // 0.1 at 50,000 and 50,400: 40 dollars less fees of 0.26 % on both.
  expect(asks.strategy.trades.trades).toHaveLength(12);
  expect(asks.strategy.trades.trades[0]).toEqual({ resultCents: 1_389n, worstCents: 0n, bestCents: 1_389n });
  expect(asks.strategy.trades.trades[1]?.resultCents).toBe(-5_593n);
});

test('own trades are drawn with the worst and the best that they are known to have stood at', async () => {
  const { request, trade, asked } = await opened({ low: price(49_500n * 10n ** 8n), high: price(50_500n * 10n ** 8n) });
  await trade(10);
  expect(await request()).toMatchObject({ ok: true });
  const asks = asked[0]?.study.asks;
  if (asks?.scope !== 'everything' || asks.strategy.trades.kind !== 'history') throw new Error('own trades are drawn');
  // 0.1 bought at 50,000 for a fee of 13: 50 dollars up or down, less that.
  expect(asks.strategy.trades.trades[0]).toEqual({ resultCents: 1_389n, worstCents: -6_300n, bestCents: 3_700n });
  expect(asks.strategy.trades.trades[1]).toMatchObject({ worstCents: -6_300n, bestCents: 3_700n });
});

test('an open position counts as closed at what it is worth now, and its price is part of the question', async () => {
  const { trading, request, asked } = await opened();
  await trading.order('buy', '0.2');
  trading.quote(bitcoin.id, '51000', '51000');
  expect(await request({ trades: odds })).toMatchObject({ ok: true });
  const account = asked[0]?.study.account;
  if (!account) throw new Error('it begins where the account stands');
  expect([account.positions, account.orders]).toEqual([[], []]);
  // A hundred thousand, less 26 of fees, and 200 gained.
  expect(balanceOf(account)).toBe(usd(100_174_000_000n));
  expect(await request({ trades: odds })).toMatchObject({ ok: true, value: { isReplay: true } });
  trading.quote(bitcoin.id, '51001', '51001');
  expect(await request({ trades: odds })).toMatchObject({ ok: true, value: { isReplay: false } });
});

test('while what is held has no price it counts as little as it may be worth', async () => {
  const { trading, request, asked } = await opened();
  await trading.order('buy', '0.2');
  trading.quote(bitcoin.id, '51000', '51000', 'gapped' as never);
  expect(await request({ trades: odds })).toMatchObject({ ok: true });
  const account = asked[0]?.study.account;
  expect(account && balanceOf(account) < dollars(95_100)).toBe(true);
});

test('for a day the same question is answered by what is there; then it is asked anew', async () => {
  const { trading, parts, request, asked } = await opened();
  const first = await request({ trades: odds });
  trading.later(60_000);
  expect(await request({ trades: odds })).toMatchObject({ ok: true, value: { isReplay: true } });
  await parts.studies.cancel(
    (first.ok && first.value.study.studyId) as StudyId,
    trading.now(),
    asked[0]?.message as never,
  );
  expect(await request({ trades: odds })).toMatchObject({ ok: true, value: { isReplay: false } });
});

test('a firm’s own history is scaled to the balance of its draft', async () => {
  const { parts, sender, trade, asked, trading } = await opened();
  await trade(12);
  const { rules } = await trading.snapshot();
  const firm = requestFirmStudy({
    ...parts,
    traded: { latest: async () => [{ accountId: trading.accountId, startingUsd: dollars(200_000) }] },
  });
  const common = { ...sender(), rules, days: 20, paths: 1_000, priceUsd: dollars(500), payoutUsd: dollars(4_000) };
  expect(await firm({ ...common, traders: { kind: 'firm' } })).toMatchObject({
    ok: true,
    value: { study: { subject: null, trades: 'firm', scope: 'firm', tierName: 'Draft' } },
  });
  const asks = asked[0]?.study.asks;
  if (asks?.scope !== 'firm') throw new Error('a firm asks');
  const { trades } = asks.mix[0]?.strategy ?? {};
  // Half of 13.896 dollars, and half of a loss of 55.922, each rounded down to the cent.
  expect(trades?.kind === 'history' && trades.trades.slice(0, 2).map(({ resultCents }) => resultCents)).toEqual([
    694n,
    -2_797n,
  ]);
});

test.each`
  story                         | changes                         | refusal               | field
  ${'a mix that cannot lose'}   | ${{ winRate: ppm(1_000_000n) }} | ${'strategy_invalid'} | ${'traders.strategies[1].strategy.winRate'}
  ${'half a cent of risk'}      | ${{ riskUsd: usd(5_000n) }}     | ${'strategy_invalid'} | ${'traders.strategies[1].strategy.riskUsd'}
  ${'trades beyond their slot'} | ${{ heldMinutes: 1_260 }}       | ${'strategy_invalid'} | ${'traders.strategies[1].strategy.heldMinutes'}
`('$story names which of its strategies', async ({ changes, refusal, field }) => {
  const { parts, sender, trading } = await opened();
  const { rules } = await trading.snapshot();
  const strategies = [odds.strategy, { ...odds.strategy, ...changes }].map((strategy) => ({
    weight: ppm(1_000_000n),
    strategy,
  }));
  const common = { ...sender(), rules, days: 20, paths: 1_000, priceUsd: dollars(500), payoutUsd: dollars(4_000) };
  const asked = await requestFirmStudy(parts)({ ...common, traders: { kind: 'mix', strategies } });
  expect(asked).toMatchObject({ ok: false, refusal, fault: { field } });
});

test('an unknown tier, and an account that was refunded, are refused by field', async () => {
  const { request, trading } = await opened();
  const tierId = idOf<TierId>(uuidIds.next());
  expect(await request({ subject: { kind: 'tier', tierId } })).toMatchObject({
    refusal: 'tier_unknown',
    fault: { field: 'subject.tierId' },
  });
  const kept = trading.world.accounts.get(trading.accountId);
  if (!kept) throw new Error('opened above');
  const { snapshot } = kept;
  const { standing } = snapshot.account;
  const holds = { ...standing.holds, now: { kind: 'refund', since: plusMs(trading.now(), 0) } as never };
  kept.snapshot = { ...snapshot, account: { ...snapshot.account, standing: { ...standing, holds } } };
  expect(await request({ trades: odds })).toMatchObject({
    refusal: 'account_unsuited',
    fault: { field: 'subject.assessmentId' },
  });
});
