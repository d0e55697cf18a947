import { type Account, balanceOf } from '../account/account';
import type { AccountEvent } from '../account/account-event';
import { fold } from '../account/evolve';
import type { DeadlineName, LimitName } from '../account/rule-name';
import { advanceAccount } from '../assessment/commands/advance-account';
import type { Verdict } from '../assessment/judging/judgement';
import { touchDueAt } from '../assessment/judging/touched-limits';
import type { RuleSet } from '../assessment/rules/rule-set';
import { type Instant, plusMs } from '../kernel/instant';
import { addUsd, type Usd, usd, ZERO_USD } from '../kernel/money';
import type { Calendar } from './calendar';
import { drawsOf, visitsOf } from './draws';
import { closeTrade, contextAt, openTrade, simulatedMarket } from './simulated-market';
import {
  FIRST_TRADE_MS,
  larger,
  largestMove,
  largestOf,
  type PastTrade,
  type SizedTrades,
  type Strategy,
  slotMs,
} from './strategy';
import { CENT } from './unsupported';
import type { WorstDay } from './worst-day';

/** What became of one path. */
export type PathOutcome = {
  readonly outcome: 'passed' | 'failed' | 'open';
  /** What it failed by; null where it did not. */
  readonly rule: LimitName | DeadlineName | 'consistency' | null;
  /** The trading day of the verdict, the first being 1; the day after the last where time alone ends it there. */
  readonly day: number;
  readonly balanceCents: bigint;
  /** The deepest that equity stood below its highest so far, where it was judged. */
  readonly drawdownCents: bigint;
  /** The most days for which equity stayed below its highest so far: from that day to the last one below it. */
  readonly underWaterDays: number;
};

/** What every path of a simulation shares. */
export type Simulated = {
  readonly rules: RuleSet;
  readonly strategy: Strategy;
  readonly trades: SizedTrades;
  readonly calendar: Calendar;
  /** As the first day finds it: flat, and in whole cents. */
  readonly start: Account;
  readonly worstDay: WorstDay | null;
};

/** Plays one path through the very rules that judge accounts, event by event: exact, and slow. */
export function playPath(simulated: Simulated, seed: bigint, path: bigint): PathOutcome {
  const { calendar, strategy, trades, worstDay } = simulated;
  const { tradesPerDay, heldMs } = strategy;
  const played = new PlayedPath(simulated);
  const draw = drawsOf(trades, seed, path);
  for (const [index, { startsAt, trades: isTraded }] of calendar.days.entries()) {
    played.beginDay(index + 1, startsAt);
    const timeOf = (slot: number, eachMs: number) => plusMs(startsAt, FIRST_TRADE_MS + slot * eachMs);
    for (let slot = 0; slot < tradesPerDay && isTraded; slot += 1) {
      const trade = draw(index * tradesPerDay + slot);
      // The worst day leaves out what is drawn for it: other days draw what they would without it.
      if (index !== worstDay?.day) played.trade(trade, timeOf(slot, slotMs(tradesPerDay)), heldMs);
    }
    for (const [slot, trade] of (index === worstDay?.day ? worstDay.trades : []).entries()) {
      played.trade(trade, timeOf(slot, worstDay?.slotMs ?? 0), worstDay?.heldMs ?? 0);
    }
    if (played.hasEnded) return played.outcome();
  }
  played.beginDay(calendar.days.length + 1, calendar.endsAt);
  return played.outcome();
}

/** An account on its path. */
class PlayedPath {
  private account: Account;
  private verdict: Verdict = { kind: 'open' };
  private day = 1;
  private readonly market = simulatedMarket();
  /** What a trade is opened at: high enough for no price to reach zero. */
  private readonly unitUsd: Usd;
  private peakUsd: Usd;
  private peakDay = 1;
  private drawdownUsd = ZERO_USD;
  private underWaterDays = 0;

  constructor(private readonly simulated: Simulated) {
    const { rules, start, trades, worstDay } = simulated;
    this.account = start;
    const move = larger(largestMove(trades), largestOf(worstDay?.trades ?? []));
    this.unitUsd = addUsd(rules.startingUsd, usd(2n * move * CENT));
    this.peakUsd = balanceOf(start);
  }

  get hasEnded(): boolean {
    return this.verdict.kind === 'passed' || this.verdict.kind === 'failed';
  }

  beginDay(day: number, at: Instant): void {
    if (this.hasEnded) return;
    this.day = day;
    this.advance(this.unitUsd, at);
  }

  /** A trade that a pause keeps from being made is drawn all the same, and left out. */
  trade(trade: PastTrade, at: Instant, heldMs: number): void {
    if (this.hasEnded) return;
    // What time has broken by now is judged before anything is traded.
    this.advance(this.unitUsd, at);
    if (this.hasEnded || this.account.standing.day.isPaused) return;
    this.decide(openTrade(this.contextOf(this.unitUsd, at)));
    this.advance(this.unitUsd, at);
    for (const [nth, cents] of visitsOf(trade).entries()) {
      if (this.isFlat) return;
      this.advance(this.worth(cents), plusMs(at, Math.floor((heldMs * (nth + 1)) / 3)));
    }
    if (this.isFlat) return;
    const [closedUsd, closedAt] = [this.worth(trade.resultCents), plusMs(at, heldMs)];
    this.decide(closeTrade(this.contextOf(closedUsd, closedAt)));
    this.advance(closedUsd, closedAt);
  }

  outcome(): PathOutcome {
    const { verdict, account } = this;
    return {
      outcome: verdict.kind === 'passed' || verdict.kind === 'failed' ? verdict.kind : 'open',
      rule: verdict.kind === 'failed' ? verdict.broken.rule : null,
      day: this.day,
      balanceCents: balanceOf(account) / CENT,
      drawdownCents: this.drawdownUsd / CENT,
      underWaterDays: this.underWaterDays,
    };
  }

  /** An end and a closing by the tier leave nothing open. */
  private get isFlat(): boolean {
    return this.account.positions.length === 0;
  }

  private worth = (cents: bigint): Usd => addUsd(this.unitUsd, usd(cents * CENT));

  private contextOf = (unitUsd: Usd, at: Instant) => {
    const { market, account, simulated } = this;
    return contextAt({ ...market, rules: simulated.rules, account }, unitUsd, at);
  };

  private decide(events: readonly AccountEvent[]): void {
    this.account = fold(this.simulated.rules, this.account, events);
  }

  /** A price stands for as long as a limit has to be touched: what it touches it breaks. */
  private advance(unitUsd: Usd, at: Instant): void {
    const { rules } = this.simulated;
    const advanced = advanceAccount(this.contextOf(unitUsd, at));
    this.decide([...advanced.before, ...advanced.after]);
    this.verdict = advanced.judgement.verdict;
    this.follow(advanced.judgement.equityUsd);
    const dueAt = this.hasEnded ? undefined : touchDueAt(rules, this.account);
    if (dueAt !== undefined) this.advance(unitUsd, dueAt);
  }

  private follow(equityUsd: Usd): void {
    if (equityUsd >= this.peakUsd) {
      [this.peakUsd, this.peakDay] = [equityUsd, this.day];
      return;
    }
    const below = usd(this.peakUsd - equityUsd);
    if (below > this.drawdownUsd) this.drawdownUsd = below;
    this.underWaterDays = Math.max(this.underWaterDays, this.day - this.peakDay);
  }
}
