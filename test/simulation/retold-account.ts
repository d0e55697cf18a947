import type { AccountEvent, OrderFilled, Settlement } from '../../domain/account/account-event';
import type { BeforePayout } from '../../domain/account/standing/standing';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { type Fact, type PayoutFact, type RetoldFacts, retell } from './retold-facts';

/** What an account must be by its own history and docs/rules.md; undefined where history does not say. */
export type Expected = RetoldFacts & {
  readonly day: string | undefined;
  readonly dayAnchor: bigint;
  readonly highWater: bigint;
  readonly dayPeak: bigint | undefined;
  readonly isPaused: boolean;
  readonly warned: Readonly<Record<string, number>>;
};

type Kept = Pick<Expected, 'day' | 'highWater' | 'dayPeak' | 'isPaused' | 'warned'>;
type Paid = { readonly fact: PayoutFact; found: Kept };

/**
 * An account told anew from its events alone, by the table of docs/rules.md "When a resolution is corrected", and by
 * none of the product's code: everything that can be counted is counted from the beginning each time, with what each
 * outcome has paid last in the place of what it paid first.
 */
export class RetoldAccount {
  private readonly facts: Fact[] = [];
  private readonly payouts: Paid[] = [];
  private kept: Kept;
  /** What the day counts from, as it was when the day began, and what payouts of before were corrected by since. */
  private anchor: bigint;
  private taken: Settlement | undefined;
  private readonly paidAt = new Map<string, number>();
  /** When the payout was made that each reversal took back. */
  readonly wrongs = new Map<Settlement, number | undefined>();

  constructor(
    private readonly rules: RuleSet,
    day: string,
  ) {
    const start: bigint = rules.startingUsd;
    this.anchor = start;
    this.kept = { day, highWater: start, dayPeak: start, isPaused: false, warned: {} };
  }

  apply(event: AccountEvent): void {
    switch (event.kind) {
      case 'day_opened': {
        const warned = this.warnedOn(event.day);
        const { anchor } = this.rules.dailyLoss ?? {};
        this.anchor = event.dayAnchorUsd;
        const dayPeak = anchor === 'equity' || anchor === 'peak' ? event.dayAnchorUsd : undefined;
        const before = Date.parse(this.kept.day ?? event.day);
        this.facts.push({ kind: 'day', days: (Date.parse(event.day) - before) / 86_400_000 });
        this.kept = { ...this.kept, day: event.day, dayPeak, isPaused: false, warned };
        return;
      }
      case 'order_filled':
        this.fill(event);
        return;
      case 'position_settled':
        this.settle(event.settlement);
        return;
      case 'stop_corrected':
        this.facts.push({ kind: 'stop', instrument: event.instrument, dueAt: event.dueAt });
        return;
      case 'payout_taken':
        this.facts.push({ kind: 'taken', amount: event.amountUsd });
        if (this.rules.dailyLoss?.anchor !== 'initial') this.anchor -= event.amountUsd;
        this.kept = { ...this.kept, highWater: event.highWaterUsd, dayPeak: event.dayPeakUsd };
        return;
      case 'trading_paused':
        this.kept = { ...this.kept, isPaused: true };
        return;
      case 'limit_warned':
        this.kept = { ...this.kept, warned: { ...this.kept.warned, [event.rule]: event.percent } };
        return;
      case 'high_water_raised':
        this.kept = { ...this.kept, highWater: event.highWaterUsd, dayPeak: event.dayPeakUsd };
        return;
      case 'capital_grown':
        this.grow(event.addedUsd);
        return;
      default:
        return;
    }
  }

  /** What is remembered of before is as much more. */
  private grow(added: bigint): void {
    const more = (kept: Kept): Kept => {
      const dayPeak = kept.dayPeak === undefined ? undefined : kept.dayPeak + added;
      return { ...kept, highWater: kept.highWater + added, dayPeak };
    };
    this.facts.push({ kind: 'growth', added });
    this.anchor += added;
    this.kept = more(this.kept);
    for (const paid of this.payouts) paid.found = more(paid.found);
  }

  /** As if an outcome that was settled had paid this much cash: by the table, without a new event. */
  correct(instrument: string, cash: bigint): void {
    const paid = this.payouts.findLast(({ fact }) => fact.instrument === instrument);
    if (!paid) throw new Error(`${instrument} was never settled`);
    const by = cash - paid.fact.cash;
    const { found } = paid;
    for (const later of this.payouts.slice(this.payouts.indexOf(paid) + 1)) {
      later.found = this.asIf(later.found, found, by);
    }
    this.kept = this.asIf(this.kept, found, by);
    if (found.day !== this.kept.day && this.rules.dailyLoss?.anchor !== 'initial') this.anchor += by;
    paid.fact.cash = cash;
  }

  /** The account as it is at a verdict; what follows here does not touch it. */
  copy(): RetoldAccount {
    const other = new RetoldAccount(this.rules, this.kept.day ?? '');
    for (const event of this.facts) {
      const copied = { ...event };
      other.facts.push(copied);
      const paid = this.payouts.find((one) => one.fact === event);
      if (paid && copied.kind === 'payout') other.payouts.push({ fact: copied, found: paid.found });
    }
    other.kept = this.kept;
    other.anchor = this.anchor;
    return other;
  }

  get expected(): Expected {
    const facts = retell(this.rules, this.facts);
    const isClosed = this.rules.maxLoss.mode === 'trailing_closed';
    const isEod = this.rules.maxLoss.mode === 'trailing_eod' && this.rules.maxLoss.trails === 'balance';
    // Once something was paid out the mark is told as one that follows equity.
    const isPaid = this.facts.some(({ kind }) => kind === 'taken');
    const highWater = isPaid
      ? this.kept.highWater
      : isClosed
        ? facts.highestBalance
        : isEod
          ? facts.highestDayEnd
          : this.kept.highWater;
    return { ...facts, ...this.kept, highWater, dayAnchor: this.anchor };
  }

  hasSettled(instrument: string): boolean {
    return this.payouts.some(({ fact }) => fact.instrument === instrument);
  }

  private fill({ fill }: OrderFilled): void {
    const { instrument, side, qty, cashUsd, feeUsd, realizedUsd, filledAt, inNews = false } = fill;
    const signed = side === 'buy' ? qty : -qty;
    this.facts.push({
      kind: 'fill',
      instrument,
      qty: signed,
      cash: cashUsd,
      fee: feeUsd,
      realized: realizedUsd,
      at: filledAt,
      inNews,
    });
    this.followClosed();
    this.forgetTradeRisk();
  }

  private settle(settlement: Settlement): void {
    if (settlement.corrects) {
      this.taken = settlement;
      this.wrongs.set(settlement, this.paidAt.get(settlement.instrument));
      return;
    }
    const { instrument, position, cashUsd, settledAt: at } = settlement;
    this.paidAt.set(instrument, at);
    if (this.taken) {
      this.taken = undefined;
      this.correct(instrument, cashUsd);
      return;
    }
    const { qty, costUsd: cost } = position;
    const fact: PayoutFact = { kind: 'payout', instrument, qty, cost, at, cash: cashUsd };
    this.payouts.push({ fact, found: this.kept });
    this.facts.push(fact);
    this.followClosed();
    this.forgetTradeRisk();
  }

  /** The mark of `trailing_closed` rises with the balance. */
  private followClosed(): void {
    const { balance } = retell(this.rules, this.facts);
    const isHigher = this.rules.maxLoss.mode === 'trailing_closed' && balance > this.kept.highWater;
    if (isHigher) this.kept = { ...this.kept, highWater: balance };
  }

  /** A day is warned of its own loss, and so is a week or a month that begins with it. */
  private warnedOn(day: string): Kept['warned'] {
    const { daily_loss, open_loss, second_daily_loss, weekly_loss, monthly_loss, ...warned } = this.kept.warned;
    const before = this.kept.day ?? day;
    const begins = this.rules.lossLayers.find(({ span }) => span === 'week')?.weekBegins ?? 'monday';
    const isSameWeek = beginOfWeek(before, begins) === beginOfWeek(day, begins);
    const isSameMonth = before.slice(0, 7) === day.slice(0, 7);
    return {
      ...warned,
      ...(isSameWeek && weekly_loss !== undefined && { weekly_loss }),
      ...(isSameMonth && monthly_loss !== undefined && { monthly_loss }),
    };
  }

  /** With nothing held the next position is warned of its own loss, and of what is open. */
  private forgetTradeRisk(): void {
    if (retell(this.rules, this.facts).held > 0) return;
    const { risk_per_trade, planned_risk, open_loss, ...warned } = this.kept.warned;
    this.kept = { ...this.kept, warned };
  }

  private asIf(now: Kept, found: Kept, by: bigint): Kept {
    const isSameDay = now.day === found.day;
    const { severity = 'fail', gainCapUsd = null, anchor } = this.rules.dailyLoss ?? {};
    const isSpared = isSameDay && !found.isPaused && (by > 0n ? severity !== 'fail' : by < 0n && gainCapUsd !== null);
    const shifted = now.dayPeak === undefined ? undefined : now.dayPeak + by;
    return {
      day: now.day,
      highWater: risen(now.highWater, found.highWater, by),
      dayPeak: isSameDay ? now.dayPeak && found.dayPeak && risen(now.dayPeak, found.dayPeak, by) : shifted,
      isPaused: now.isPaused && !isSpared,
      warned: warnedAsOf(now, found, by, anchor === 'initial'),
    };
  }
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The date on which the week of a day began. */
function beginOfWeek(day: string, begins: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 7 - WEEKDAYS.indexOf(begins)) % 7));
  return date.toISOString().slice(0, 10);
}

/** It rose since: by the wrong payout as well. It did not: what it was is known, and no more. */
const risen = (now: bigint, found: bigint, by: bigint): bigint =>
  now <= found ? now : now + by > found ? now + by : found;

/**
 * With more money, of the account's limits those of before the payout; a later day has its own, unless every day counts
 * alike. On a later day none of the open loss, whose limit is another one now.
 */
function warnedAsOf(now: Kept, found: Kept, by: bigint, isAlike: boolean): BeforePayout['warned'] {
  const isSameDay = now.day === found.day;
  const { daily_loss, max_drawdown, open_loss, ...told } = now.warned;
  const { second_daily_loss, weekly_loss, monthly_loss, static_loss, ...fewer } = told;
  // Nothing is known of the further layers before: with more money each may be warned of anew.
  const rest = by > 0n ? fewer : told;
  const others = { ...rest, ...(isSameDay && open_loss !== undefined && { open_loss }) };
  const day = by <= 0n ? daily_loss : isSameDay ? found.warned.daily_loss : isAlike ? undefined : daily_loss;
  const total = by <= 0n ? max_drawdown : found.warned.max_drawdown;
  return {
    ...others,
    ...(day !== undefined && { daily_loss: day }),
    ...(total !== undefined && { max_drawdown: total }),
  };
}
