import { type Holds, NEVER_HELD } from '../../../domain/account/hold';
import type { Standing } from '../../../domain/account/standing';
import type { HoldKind } from '../../../domain/kernel/hold-kind';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { type Usd, usd } from '../../../domain/kernel/money';

/** Dollars as text of millionths, for JSON's numbers are floats. */
type Stored = readonly [
  startedAt: number,
  activeAt: number,
  highWaterUsd: string,
  dayPeakUsd: string,
  dayBalanceUsd: string,
  dayOpened: number,
  dayClosed: number,
  daysCounted: number,
  bestDayUsd: string,
  winningDaysUsd: string,
  isPaused: boolean,
  warned: Readonly<Record<string, number>>,
  tradesCounted: number,
  worstTradeUsd: string,
  peakedAt: number,
  stopCorrections: readonly (readonly [instrument: string, openedAt: number, dueAt: number])[],
  tradeSizesUsd: string,
  daySized: number,
  reducedFromUsd: Readonly<Record<string, string>>,
  bestTradeUsd: string,
  excludedWinsUsd: string,
  dayExcludedUsd: string,
  hold: readonly [kind: HoldKind, since: number] | null,
  heldMs: number,
  holdEndedAt: number | null,
];

/** The standing as a JSON array without names: every order writes it, and no query looks into it. */
export const standingColumn = (standing: Standing): string => {
  const stored: Stored = [
    standing.startedAt,
    standing.activeAt,
    `${standing.highWaterUsd}`,
    `${standing.dayPeakUsd}`,
    `${standing.dayBalanceUsd}`,
    standing.dayOpened,
    standing.dayClosed,
    standing.daysCounted,
    `${standing.bestDayUsd}`,
    `${standing.winningDaysUsd}`,
    standing.isPaused,
    standing.warned,
    standing.tradesCounted,
    `${standing.worstTradeUsd}`,
    standing.peakedAt,
    standing.stopCorrections.map(({ instrument, openedAt, dueAt }) => [instrument, openedAt, dueAt] as const),
    `${standing.tradeSizesUsd}`,
    standing.daySized,
    textByName(standing.reducedFromUsd),
    `${standing.bestTradeUsd}`,
    `${standing.excludedWinsUsd}`,
    `${standing.dayExcludedUsd}`,
    ...holdsStored(standing.holds),
  ];
  return JSON.stringify(stored);
};

export function standingOf(column: string): Standing {
  const stored: Stored = JSON.parse(column);
  const [startedAt, activeAt, highWater, dayPeak, dayBalance, dayOpened, dayClosed, daysCounted, ...rest] = stored;
  const [bestDay, winningDays, isPaused, warned, tradesCounted, worstTrade, peakedAt, ...latest] = rest;
  const [corrections, tradeSizes, daySized, reducedFrom, bestTrade, excludedWins, dayExcluded, ...held] = latest;
  return {
    startedAt: instant(startedAt),
    activeAt: instant(activeAt),
    highWaterUsd: usd(BigInt(highWater)),
    dayPeakUsd: usd(BigInt(dayPeak)),
    peakedAt: instant(peakedAt),
    dayBalanceUsd: usd(BigInt(dayBalance)),
    dayOpened,
    dayClosed,
    daysCounted,
    bestDayUsd: usd(BigInt(bestDay)),
    winningDaysUsd: usd(BigInt(winningDays)),
    isPaused,
    warned,
    tradesCounted,
    worstTradeUsd: usd(BigInt(worstTrade)),
    stopCorrections: corrections.map(([instrument, openedAt, dueAt]) => ({
      instrument: idOf<InstrumentId>(instrument),
      openedAt: instant(openedAt),
      dueAt: instant(dueAt),
    })),
    tradeSizesUsd: usd(BigInt(tradeSizes)),
    daySized,
    reducedFromUsd: usdByName(reducedFrom),
    bestTradeUsd: usd(BigInt(bestTrade)),
    excludedWinsUsd: usd(BigInt(excludedWins)),
    dayExcludedUsd: usd(BigInt(dayExcluded)),
    holds: holdsOf(held),
  };
}

type StoredHolds = readonly [hold: readonly [HoldKind, number] | null, heldMs: number, endedAt: number | null];

const holdsStored = ({ now, heldMs, endedAt }: Holds): StoredHolds => [now && [now.kind, now.since], heldMs, endedAt];

const holdsOf = ([now, heldMs, endedAt]: StoredHolds): Holds =>
  now === null && heldMs === 0 && endedAt === null
    ? NEVER_HELD
    : {
        now: now && { kind: now[0], since: instant(now[1]) },
        heldMs,
        endedAt: endedAt === null ? null : instant(endedAt),
      };

const textByName = (amounts: Readonly<Record<string, Usd>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, `${amount}`]));

const usdByName = (texts: Readonly<Record<string, string>>): Readonly<Record<string, Usd>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, usd(BigInt(text))]));
