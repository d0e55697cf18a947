import { extended, heldSince } from '../account/standing/hold';
import { lastActivity } from '../assessment/judging/deadlines';
import type { RuleSet, Width } from '../assessment/rules/rule-set';
import { DAY_MS, type Instant, plusMs } from '../kernel/instant';
import type { Simulated } from './play-path';
import { FIRST_TRADE_MS, type PastTrade, type SizedTrades, slotMs } from './strategy';
import { CENT } from './unsupported';

/** A change of what a field means is another version: a kernel refuses what it does not know. */
const VERSION = 2;

type Term = bigint | number | boolean | string | null | readonly Term[] | { readonly [name: string]: Term };

/**
 * A simulation as the kernel takes it: whole numbers of cents, of millionths of a dollar (`Micros`), of parts per
 * million (`Ppm`) and of milliseconds since the path began. `eks-workloads/monte-carlo/ray` reads nothing else, and
 * refuses a field that it does not know.
 */
export const kernelTerms = (simulated: Simulated): Term => {
  const { rules, strategy, trades, calendar, worstDay } = simulated;
  const began = calendar.days[0]?.startsAt ?? calendar.endsAt;
  return {
    version: VERSION,
    rules: ruleTerms(rules),
    start: startTerms(simulated, began),
    calendar: {
      startsMs: [...calendar.days.map(({ startsAt }) => startsAt - began), calendar.endsAt - began],
      trades: calendar.days.map(({ trades: isTraded }) => isTraded),
    },
    strategy: {
      tradesPerDay: strategy.tradesPerDay,
      heldMs: strategy.heldMs,
      firstMs: FIRST_TRADE_MS,
      slotMs: slotMs(strategy.tradesPerDay),
      trades: tradeTerms(trades),
      worstDay: worstDay && {
        day: worstDay.day,
        heldMs: worstDay.heldMs,
        slotMs: worstDay.slotMs,
        ...resultTerms(worstDay.trades),
      },
    },
  };
};

/** What the account begins with; what counts from a day begins with the first one. */
function startTerms({ rules, start }: Simulated, began: Instant): Term {
  const { peaks, days, trades, startedAt, holds } = start.standing;
  const { timeLimitDays } = rules.activity;
  const active = heldSince(holds, lastActivity(rules, start));
  const limit = timeLimitDays === null ? null : extended(holds, plusMs(startedAt, timeLimitDays * DAY_MS));
  return {
    balanceCents: start.cashUsd / CENT,
    highWaterCents: peaks.highWaterUsd / CENT,
    daysCounted: days.counted,
    bestDayCents: days.bestUsd / CENT,
    winningDaysCents: days.winningUsd / CENT,
    tradesCounted: trades.counted,
    worstTradeCents: trades.worstUsd / CENT,
    bestTradeCents: trades.bestUsd / CENT,
    excludedCents: trades.excludedUsd / CENT,
    activeMs: active - began,
    timeLimitMs: limit === null ? null : limit - began,
  };
}

function ruleTerms(rules: RuleSet): Term {
  const { target, maxLoss, dailyLoss, riskPerTrade, activity, consistency } = rules;
  return {
    startingCents: rules.startingUsd / CENT,
    target: target && { profitMicros: target.profitUsd, counts: target.counts, closesAll: target.closesAll },
    maxLoss: {
      mode: maxLoss.mode,
      width: widthTerms(maxLoss.width),
      trails: maxLoss.trails,
      testedOn: maxLoss.testedOn,
      lockMicros: maxLoss.lockUsd,
    },
    dailyLoss: dailyLoss && {
      anchor: dailyLoss.anchor,
      width: widthTerms(dailyLoss.width),
      severity: dailyLoss.severity,
      gainCapMicros: dailyLoss.gainCapUsd,
    },
    riskPerTradeMicros: riskPerTrade?.severity === 'fail' ? riskPerTrade.limitUsd : null,
    activity: {
      tradesMin: activity.tradesMin,
      tradeHeldMsMin: activity.tradeHeldMsMin,
      daysMin: activity.daysMin,
      dayCountsIf: activity.dayCountsIf,
      dayGainMicros: activity.dayGainUsd,
      inactivityMs: activity.inactivityDays === null ? null : activity.inactivityDays * DAY_MS,
      inactivityBy: activity.inactivityBy,
    },
    consistency: consistency && {
      sharePpm: consistency.shareMax,
      of: consistency.of,
      per: consistency.per,
      severity: consistency.severity,
    },
    touchBreaks: rules.touch === 'breach',
    touchMs: rules.touchMs,
  };
}

const widthTerms = (width: Width): Term => (width.kind === 'usd' ? { micros: width.usd } : { ppm: width.share });

function tradeTerms(trades: SizedTrades): Term {
  if (trades.kind === 'odds') {
    const { winRate, winCents, lossCents, adverse, favourable } = trades;
    const [winPpm, adversePpm, favourablePpm] = [winRate, adverse, favourable];
    return { kind: 'odds', winPpm, winCents, lossCents, adversePpm, favourablePpm };
  }
  return {
    kind: 'history',
    meanBlock: trades.meanBlock,
    ...resultTerms(trades.past),
  };
}

const resultTerms = (trades: readonly PastTrade[]) => ({
  resultCents: trades.map(({ resultCents }) => resultCents),
  worstCents: trades.map(({ worstCents }) => worstCents),
  bestCents: trades.map(({ bestCents }) => bestCents),
});

/** As JSON: its numbers are whole and below 2^53, bigints among them. */
export const termsText = (terms: Term): string =>
  JSON.stringify(terms, (_, value: unknown) => (typeof value === 'bigint' ? `#${value}` : value)).replace(
    /"#(-?\d+)"/g,
    '$1',
  );
