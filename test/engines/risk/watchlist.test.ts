import type { FlatStanding } from '../../../domain/account/standing/flat-standing';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { plusMs } from '../../../domain/kernel/instant';
import { ppm, usd } from '../../../domain/kernel/money';
import { OpenAccountTable } from '../../../engines/risk/selection/open-accounts';
import { Watchlist } from '../../../engines/risk/selection/watchlist';
import type { AccountSnapshot } from '../../../usecases/ports/accounts/account-store';
import { changedStanding } from '../../fixtures/domain-story';
import { compare } from '../../fixtures/driven-watchlist';
import { accountAt, busyTape, crashTape, START, sawtoothTape, seeded, slideTape } from '../../fixtures/risk-world';

/** Goal: accounts in columns are those that were put there, and their verdicts those of exact numbers alone. */
test.each`
  tape                                         | prices
  ${'a crash in one tick'}                     | ${crashTape(2)}
  ${'a crash in ten'}                          | ${slideTape(3)}
  ${'to and fro over the edges, a tick apart'} | ${sawtoothTape(4, 1_500)}
`('the same verdicts, in the same order, at the same quotes as judging every holder: $tape', ({ prices }) => {
  const { count, isEqual } = compare(prices, 200);
  expect([count > 0, isEqual]).toEqual([true, true]);
});

/** A tenth to a half of what the day's profit, or the maximum loss, may be open as a loss; it fails, or is closed. */
function withOpenLoss(one: AccountSnapshot, at: number): AccountSnapshot {
  const openLoss = { share: ppm(BigInt(100_000 * (1 + (at % 5)))), severity: at % 3 === 0 ? 'close' : 'fail' } as const;
  const dayBalanceUsd = usd(one.rules.startingUsd + BigInt((at % 7) - 3) * 1_500_000_000n);
  const standing = changedStanding(one.account.standing, { dayBalanceUsd });
  return { ...one, rules: { ...one.rules, openLoss }, account: { ...one.account, standing } };
}

/** A soft layer and a hard one, some of them touched before the daily loss is. */
function withLayers(one: AccountSnapshot, at: number): AccountSnapshot {
  const layer = {
    width: { kind: 'share', share: ppm(BigInt(30_000 + 5_000 * (at % 9))) },
    weekBegins: 'monday',
  } as const;
  const severity = at % 2 === 0 ? 'pause' : 'close';
  const lossLayers: RuleSet['lossLayers'] = [
    { ...layer, span: 'day', anchor: 'balance', severity },
    { ...layer, span: 'month', anchor: 'initial', severity: 'fail' },
  ];
  return { ...one, rules: { ...one.rules, lossLayers } };
}

test.each`
  tape                                         | prices
  ${'a crash in one tick'}                     | ${crashTape(12)}
  ${'a crash in ten'}                          | ${slideTape(13)}
  ${'to and fro over the edges, a tick apart'} | ${sawtoothTape(14, 1_500)}
  ${'all the time up and down'}                | ${busyTape(15, 1_500, 12)}
`('a limit of the open loss misses nobody either, nor a warning before it: $tape', ({ prices }) => {
  const { count, isEqual } = compare(prices, 200, withOpenLoss);
  expect([count > 0, isEqual]).toEqual([true, true]);
});

test.each`
  tape                                         | prices
  ${'a crash in one tick'}                     | ${crashTape(22)}
  ${'to and fro over the edges, a tick apart'} | ${sawtoothTape(24, 1_500)}
  ${'all the time up and down'}                | ${busyTape(25, 1_500, 12)}
`('further layers of the loss miss nobody: $tape', ({ prices }) => {
  const { count, isEqual } = compare(prices, 200, withLayers);
  expect([count > 0, isEqual]).toEqual([true, true]);
});

test('an account comes out of the table as it went in, also when its row was another one’s before', () => {
  const table = new OpenAccountTable();
  const random = seeded(7);
  const kept = Array.from({ length: 300 }, (_, at) => accountAt(at, random));
  for (const one of kept) table.put(one);
  for (const one of kept.slice(0, 150)) table.remove(one.accountId);
  const later = kept.slice(100, 150).map((one) => ({
    ...one,
    version: 9,
    account: {
      ...one.account,
      cashUsd: usd(10n ** 30n),
      standing: changedStanding(one.account.standing, {
        isPaused: true,
        warned: { daily_loss: 80 },
        daysCounted: 3,
        stopCorrections: [{ instrument: idOf<InstrumentId>('M1-USD'), openedAt: START, dueAt: plusMs(START, 9) }],
      }),
    },
  }));
  for (const one of later) table.put(one);
  const held = [...later, ...kept.slice(150)];
  expect(table.size).toBe(held.length);
  for (const one of held) expect(table.get(table.rowOf(one.accountId) ?? -1)).toEqual(one);
  expect(kept.slice(0, 100).map(({ accountId }) => table.rowOf(accountId))).toEqual(Array(100).fill(undefined));
});

test('what is remembered of trades comes out as well, what few accounts have and what no column holds among it', () => {
  const table = new OpenAccountTable();
  const one = accountAt(1, seeded(7));
  const having = (standing: Partial<FlatStanding>) => ({
    ...one,
    account: { ...one.account, standing: changedStanding(one.account.standing, standing) },
  });
  const sized = {
    tradeSizesUsd: usd(13n),
    daySized: 14,
    reducedFromUsd: { 'BTC-USD': usd(15n) },
    bestTradeUsd: usd(16n),
    excludedWinsUsd: usd(17n),
    dayExcludedUsd: usd(18n),
  };
  const holds = { now: { kind: 'dispute', since: START }, heldMs: 7, endedAt: START } as const;
  for (const each of [
    sized,
    { holds },
    { tradeSizesUsd: usd(2n ** 63n) },
    { tradeSizesUsd: usd(2n ** 63n - 1n) },
    {},
  ]) {
    expect(table.get(table.put(having(each)))).toEqual(having(each));
  }
});

test('a peak between two judgements is kept with the quotes that made it, until the account is put anew', () => {
  const list = new Watchlist(3_600_000);
  const random = seeded(11);
  const trailing = Array.from({ length: 80 }, (_, at) => accountAt(at, random)).filter(
    ({ rules }) => rules.maxLoss.mode === 'trailing_intraday',
  );
  for (const one of trailing) list.put(one, START);
  for (const quote of busyTape(5, 400)) for (const row of list.select(quote)) list.keep(row);
  const peaks = [...list.unsaved()].flatMap((row) => list.peakOf(row) ?? []);
  expect(peaks.length).toBeGreaterThan(0);
  for (const { at, quotes } of peaks) {
    expect(Math.max(...quotes.map(({ receivedAt }) => receivedAt))).toBe(at);
    expect(at).toBeGreaterThan(plusMs(START, 0));
  }
  for (const one of trailing) list.remove(one.accountId);
  expect([...list.unsaved()]).toEqual([]);
});
