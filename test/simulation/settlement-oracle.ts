import type { Account } from '../../domain/account/account';
import type { AccountEvent, Settlement } from '../../domain/account/account-event';
import type { StopCorrection } from '../../domain/account/standing/standing';
import { marksOf } from '../../domain/assessment/context/marks';
import { decideAgain, type EvidenceInput } from '../../domain/assessment/evidence/evidence';
import { judge } from '../../domain/assessment/judging/judge';
import { usd } from '../../domain/kernel/money';
import type { Payout } from '../../domain/market/instrument';
import type { RiskSignal } from '../../usecases/ports/surveillance/surveillance-store';
import type { KeptAccount } from '../fakes/memory-world';
import { changedStanding } from '../fixtures/domain-story';
import type { History } from './history';
import type { Market } from './market';
import type { Findings } from './oracles';
import { type Expected, RetoldAccount } from './retold-account';

type Observed = { readonly history: History; readonly market: Market };
type Settled = Extract<AccountEvent, { readonly kind: 'position_settled' }>;

/**
 * O7: an outcome pays an account once for each resolution, in their order, and at rest what the last one says; a
 * correction leaves the account as docs/rules.md promises; the risk desk knows of each verdict that a wrong payout took
 * part in, and of no other.
 */
export function settlementFindings(kept: KeptAccount, signals: readonly RiskSignal[], observed: Observed): Findings {
  const { accountId } = kept.snapshot;
  const settled = observed.history.changesOf(accountId).flatMap(({ change }) => change.events.filter(isSettled));
  const paid = settled.length === 0 ? [] : paidFindings(kept, settled, observed.market);
  return [
    ...paid.map((finding) => `O7: ${accountId} ${finding}`),
    ...retoldFindings(kept, signals, observed.history).map((finding) => `O7: ${accountId} ${finding}`),
  ];
}

const isSettled = (event: AccountEvent): event is Settled => event.kind === 'position_settled';

/** What each outcome paid: the right amount of money, never back to an earlier resolution, and in the end the last. */
function paidFindings(kept: KeptAccount, settled: readonly Settled[], market: Market): Findings {
  const findings: string[] = [];
  for (const instrument of new Set(settled.map(({ settlement }) => settlement.instrument))) {
    const resolutions = (market.resolutions.get(instrument) ?? []).map(textOf);
    let at = -1;
    let paid: Settlement | undefined;
    for (const { settlement } of settled.filter((one) => one.settlement.instrument === instrument)) {
      if (settlement.corrects) {
        if (settlement.cashUsd !== -(paid?.cashUsd ?? 0n)) findings.push(`took back what ${instrument} never paid`);
        paid = undefined;
        continue;
      }
      if (paid) findings.push(`was paid twice for ${instrument}`);
      paid = settlement;
      const next = resolutions.findIndex((text, index) => index > at && text === textOf(settlement.payout));
      if (next < 0) findings.push(`was paid ${textOf(settlement.payout)} for ${instrument} after ${resolutions[at]}`);
      at = next < 0 ? at : next;
      if (settlement.cashUsd !== worth(settlement)) findings.push(`was paid ${settlement.cashUsd} for ${instrument}`);
    }
    const last = resolutions.at(-1);
    if (!paid || textOf(paid.payout) !== last) findings.push(`has the wrong payout of ${instrument}, not ${last}`);
  }
  const held = kept.snapshot.account.positions.filter(({ instrument }) => market.resolutions.has(instrument));
  return [...findings, ...held.map(({ instrument }) => `still holds ${instrument}`)];
}

const textOf = (payout: Payout): string => (payout.kind === 'void' ? 'void' : `${payout.price}`);

/** Eight decimals of the price and eight of the quantity; dollars have six. Rounded down, of a short as well. */
function worth({ payout, position }: Settlement): bigint {
  if (payout.kind === 'void') return position.costUsd;
  const exact = payout.price * position.qty;
  const whole = exact / 10n ** 10n;
  return whole * 10n ** 10n > exact ? whole - 1n : whole;
}

function retoldFindings(
  { snapshot, verdict }: KeptAccount,
  signals: readonly RiskSignal[],
  history: History,
): Findings {
  const changes = history.changesOf(snapshot.accountId);
  const first = changes[0]?.before.account;
  if (!first) return [];
  const retold = new RetoldAccount(snapshot.rules, first.day);
  const decided = verdict && decideAgain(verdict.evidence);
  const findings: string[] = [];
  const expected = new Map<string, string>();
  let atVerdict: RetoldAccount | undefined;
  let right = new Map<string, Settlement>();
  for (const { change, before } of changes) {
    const ended = atVerdict;
    for (const [index, event] of change.events.entries()) {
      const version = change.versions[index] ?? before.version;
      if (decided && version > decided.input.accountVersion) atVerdict ??= retold.copy();
      retold.apply(event);
    }
    if (change.verdict) atVerdict ??= retold.copy();
    const settled = change.events.filter(isSettled).map(({ settlement }) => settlement);
    findings.push(...differences(retold.expected, change.account));
    const corrected = ended ? correctionsOf(settled, ended) : [];
    if (!ended || !decided || corrected.length === 0) continue;
    const now = corrected.map(({ put }) => [put.instrument, put] as const);
    right = new Map([...now, ...[...right].filter(([instrument]) => !now.some(([id]) => id === instrument))]);
    const says = `${snapshot.status} ${rightlyOf(decided.input, ended, right)}`;
    for (const { wrong } of corrected) expected.set(subjectOf(wrong, retold), says);
  }
  findings.push(...differences(retold.expected, snapshot.account), ...stopFindings(snapshot));
  return [...findings, ...signalFindings(expected, signals)];

  /** By when the payout was made that turned out to be wrong. */
  function subjectOf(reversal: Settlement, { wrongs }: RetoldAccount): string {
    return `${snapshot.accountId}/${reversal.instrument}/${wrongs.get(reversal)}`;
  }
}

type Correction = { readonly wrong: Settlement; readonly put: Settlement };

/** The reversals of a change, and what was paid instead, of payouts that the verdict was given on. */
const correctionsOf = (settled: readonly Settlement[], atVerdict: RetoldAccount): readonly Correction[] =>
  settled.flatMap((wrong, index) => {
    const put = settled[index + 1];
    return wrong.corrects && put && atVerdict.hasSettled(wrong.instrument) ? [{ wrong, put }] : [];
  });

/** The verdict of the same moment and prices, had each of these been paid first. */
function rightlyOf(
  { rules, account, quotes, at }: EvidenceInput,
  atVerdict: RetoldAccount,
  right: ReadonlyMap<string, Settlement>,
): string {
  const then = atVerdict.copy();
  for (const [instrument, { cashUsd }] of right) then.correct(instrument, cashUsd);
  const again = judge(rules, asExpected(account, then.expected), marksOf(quotes), at);
  const { kind } = again.verdict;
  return kind === 'failed' || kind === 'passed' ? kind : 'active';
}

/** The account of the evidence, with everything remembered that a payout can set. */
function asExpected(account: Account, expected: Expected): Account {
  const { standing } = account;
  const { dayPeak } = expected;
  return {
    ...account,
    cashUsd: usd(expected.cash),
    dayAnchorUsd: usd(expected.dayAnchor),
    standing: changedStanding(standing, {
      highWaterUsd: usd(expected.highWater),
      dayPeakUsd: dayPeak === undefined ? standing.peaks.dayPeakUsd : usd(dayPeak),
      dayBalanceUsd: usd(expected.dayBalance),
      worstTradeUsd: usd(expected.worstTrade),
      bestTradeUsd: usd(expected.bestTrade),
      excludedWinsUsd: usd(expected.excludedWins),
      dayExcludedUsd: usd(expected.dayExcluded),
      daysCounted: expected.daysCounted,
      bestDayUsd: usd(expected.bestDay),
      winningDaysUsd: usd(expected.winningDays),
      isPaused: expected.isPaused,
      warned: expected.warned,
    }),
  };
}

function differences(expected: Expected, account: Account): Findings {
  const { standing } = account;
  const pairs: Readonly<Record<string, readonly [unknown, unknown]>> = {
    cash: [account.cashUsd, expected.cash],
    tradesClosed: [account.tradesClosed, expected.tradesClosed],
    day: [account.day, expected.day],
    dayAnchor: [account.dayAnchorUsd, expected.dayAnchor],
    dayBalance: [standing.day.balanceUsd, expected.dayBalance],
    bestDay: [standing.days.bestUsd, expected.bestDay],
    winningDays: [standing.days.winningUsd, expected.winningDays],
    paidDays: [`${standing.payouts.daysWon} ${standing.payouts.bestUsd}`, expected.paidDays],
    daysCounted: [standing.days.counted, expected.daysCounted],
    daySized: [standing.day.sized, expected.daySized],
    worstTrade: [standing.trades.worstUsd, expected.worstTrade],
    bestTrade: [standing.trades.bestUsd, expected.bestTrade],
    excludedWins: [standing.trades.excludedUsd, expected.excludedWins],
    dayExcluded: [standing.day.excludedUsd, expected.dayExcluded],
    tradesCounted: [standing.trades.counted, expected.tradesCounted],
    tradeSizes: [standing.trades.sizesUsd, expected.tradeSizes],
    stopCorrections: [stops(standing.stopCorrections), expected.stopCorrections],
    highWater: [standing.peaks.highWaterUsd, expected.highWater],
    dayPeak: [standing.peaks.dayPeakUsd, expected.dayPeak ?? standing.peaks.dayPeakUsd],
    activeAt: [standing.activeAt, expected.activeAt ?? standing.startedAt],
    isPaused: [standing.day.isPaused, expected.isPaused],
    warned: [warnings(standing.warned), warnings(expected.warned)],
  };
  return Object.entries(pairs)
    .filter(([, [is, should]]) => is !== should)
    .map(([name, [is, should]]) => `remembers ${name} ${is}, not ${should}`);
}

const warnings = (warned: Readonly<Record<string, number>>): string =>
  Object.entries(warned)
    .map(([rule, percent]) => `${rule} ${percent}`)
    .sort()
    .join(' ');

const stops = (begun: readonly StopCorrection[]): string =>
  begun.map(({ instrument, openedAt, dueAt }) => `${instrument} ${openedAt} ${dueAt}`).join('; ');

/** So many in an account's life, and one for a position since it was last flat. */
function stopFindings({ rules, account }: KeptAccount['snapshot']): Findings {
  const begun = account.standing.stopCorrections;
  const count = rules.riskPerTrade?.stopCorrection?.count ?? 0;
  const positions = new Set(begun.map(({ instrument, openedAt }) => `${instrument} ${openedAt}`)).size;
  return begun.length <= count && positions === begun.length ? [] : [`was corrected ${stops(begun)} of ${count}`];
}

function signalFindings(expected: ReadonlyMap<string, string>, signals: readonly RiskSignal[]): Findings {
  const told = new Map(signals.map(({ subject, verdict }) => [subject, `${verdict?.given} ${verdict?.rightly}`]));
  return [
    ...[...expected].flatMap(([subject, says]) =>
      told.get(subject) === says ? [] : [`the risk desk was told ${told.get(subject)} of ${subject}, not ${says}`],
    ),
    ...[...told.keys()].flatMap((subject) => (expected.has(subject) ? [] : [`the risk desk was told of ${subject}`])),
  ];
}
