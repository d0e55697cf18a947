import { balanceOf } from '../../account/account';
import type { AccountEvent, CorrectedStanding, Settlement } from '../../account/account-event';
import type { RuleName } from '../../account/rule-name';
import { capitalOf, grownSince } from '../../account/standing/growth';
import { isSamePeriod, type Periods } from '../../account/standing/periods';
import type { BeforePayout } from '../../account/standing/standing';
import type { InstrumentId } from '../../kernel/ids';
import { addUsd, largerUsd, subUsd, type Usd, usd } from '../../kernel/money';
import type { Payout } from '../../market/instrument';
import { inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import type { RuleSet } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';
import { type BookedEvent, positionName, rightMovesOf } from './account-moves';
import { liftedMark } from './payout';
import { payoutsAsIf } from './recompute-payouts';
import { recomputeStanding } from './recompute-standing';
import { beforePayoutOf, positionSettled, settlementOf } from './settle-position';

type Correcting = Pick<DecisionContext, 'rules' | 'account' | 'at'>;

/**
 * A resolution was wrong: what it paid is taken back by a reversing entry and the right payout is made. History keeps
 * all three, and the account remembers what it would had the right payout been the first. `moved` is everything that
 * moved its money, oldest first. The same payout again changes nothing.
 */
export function correctSettlement(
  context: Correcting,
  booked: readonly BookedEvent[],
  instrument: InstrumentId,
  payout: Payout,
): readonly AccountEvent[] {
  const { rules, at } = context;
  const moved = booked.map((one) => asOfCapital(context, one));
  const earlier = latestIn(moved, instrument);
  if (!earlier || isSamePayout(earlier.payout, payout)) return [];
  const before = beforeOf(rules, settlementsIn(moved), earlier);
  const reversal: Settlement = {
    ...earlier,
    before,
    settledAt: at,
    corrects: true,
    cashUsd: usd(-earlier.cashUsd),
    realizedUsd: usd(-earlier.realizedUsd),
  };
  const right = settlementOf(earlier.position, payout, before, at);
  const byUsd = subUsd(right.cashUsd, earlier.cashUsd);
  return inTurn(
    context,
    ({ account: now }) => [positionSettled(now, reversal, addUsd(balanceOf(now), reversal.cashUsd))],
    ({ account: now }) => {
      const { dayAnchorUsd, corrected } = standingAsIf(context, moved, right, byUsd);
      const paid = positionSettled(now, right, addUsd(balanceOf(now), right.cashUsd));
      return [{ ...paid, dayAnchorUsd, isPaused: corrected.day.isPaused, corrected }];
    },
  );
}

/**
 * Corrects every outcome that has not paid last what is right, by one act: of a market whose two outcomes were paid
 * wrongly, an account is never seen with one of them put right alone.
 */
export function correctSettlements(
  context: Correcting,
  moved: readonly BookedEvent[],
  right: ReadonlyMap<InstrumentId, Payout>,
): readonly AccountEvent[] {
  const known = [...moved];
  const corrections = [...right].map(([instrument, payout]) => (now: Correcting) => {
    const events = correctSettlement(now, known, instrument, payout);
    for (const event of events) {
      if (event.kind === 'position_settled') known.push({ kind: 'settlement', settlement: event.settlement });
    }
    return events;
  });
  return inTurn(context, ...corrections);
}

export const isSamePayout = (a: Payout, b: Payout): boolean =>
  a.kind === 'void' || b.kind === 'void' ? a.kind === b.kind : a.price === b.price;

/** What an outcome has paid last; undefined when it was never settled. */
export const latestIn = (moved: readonly BookedEvent[], instrument: InstrumentId): Settlement | undefined =>
  settlementsIn(moved).findLast((settlement) => settlement.instrument === instrument);

const settlementsIn = (moved: readonly BookedEvent[]): readonly Settlement[] =>
  moved.flatMap((one) => (one.kind === 'settlement' ? [one.settlement] : []));

/** What was remembered before the capital grew is as much more: nothing of it was won since. */
function asOfCapital({ rules, account }: Correcting, booked: BookedEvent): BookedEvent {
  if (booked.kind !== 'settlement') return booked;
  const { settlement } = booked;
  const { before } = settlement;
  const moreUsd = grownSince(rules.startingUsd, account.standing.payouts.growth, settlement.settledAt);
  const [highWaterUsd, dayPeakUsd] = [addUsd(before.highWaterUsd, moreUsd), addUsd(before.dayPeakUsd, moreUsd)];
  return { ...booked, settlement: { ...settlement, before: { ...before, highWaterUsd, dayPeakUsd } } };
}

type AsIfPaid = { readonly dayAnchorUsd: Usd; readonly corrected: CorrectedStanding };

/** What the day counts from, and everything remembered, had `right` been paid first: `byUsd` more than was. */
function standingAsIf(
  { rules, account }: Correcting,
  moved: readonly BookedEvent[],
  right: Settlement,
  byUsd: Usd,
): AsIfPaid {
  const { day, dayAnchorUsd, standing } = account;
  const isOfToday = day === right.before.day;
  const shifted = (value: Usd) => (isOfToday ? value : addUsd(value, byUsd));
  const wrong = rightMovesOf(moved);
  const put = rightMovesOf([...moved, { kind: 'settlement', settlement: right }]);
  const wrongly = recomputeStanding(rules, wrong, day);
  const capitalUsd = capitalOf(rules.startingUsd, standing.payouts.growth);
  const putRight = recomputeStanding(rules, put, day, capitalUsd);
  const remembered = asIfPaid(rules, beforePayoutOf(account), right.before, byUsd);
  const paidOutAt = standing.payouts.last?.at;
  const settledAt = settlementsIn(moved).find((one) => positionName(one) === positionName(right))?.settledAt;
  const isLifted =
    rules.maxLoss.payoutEffect === 'floor_to_start' && (paidOutAt ?? 0) >= (settledAt ?? right.settledAt);
  const rememberedUsd = isLifted
    ? peakAsIf(standing.peaks.highWaterUsd, liftedMark(rulesInForce(rules, account)), byUsd)
    : remembered.highWaterUsd;
  return {
    dayAnchorUsd: rules.dailyLoss?.anchor === 'initial' ? dayAnchorUsd : shifted(dayAnchorUsd),
    corrected: {
      warned: remembered.warned,
      peaks: {
        // Moves alone do not tell a mark that a payout has moved since.
        highWaterUsd: paidOutAt === undefined ? (putRight.highWaterUsd ?? rememberedUsd) : rememberedUsd,
        dayPeakUsd: remembered.dayPeakUsd,
      },
      day: {
        balanceUsd: shifted(standing.day.balanceUsd),
        excludedUsd: putRight.dayExcludedUsd,
        isPaused: remembered.isPaused,
      },
      days: { ...putRight.days, counted: standing.days.counted + putRight.daysGained - wrongly.daysGained },
      trades: putRight.trades,
      payouts: payoutsAsIf(rules, account, wrong, put),
      periods: shiftedPeriods(rules, standing.periods, [right.before.day, day], byUsd),
    },
  };
}

/**
 * What was remembered when the position was settled. Other wrong payouts of before may have been corrected since; as
 * they were corrected, so is this.
 */
function beforeOf(rules: RuleSet, settlements: readonly Settlement[], earlier: Settlement): BeforePayout {
  const orderOf = (one: Settlement) => settlements.findIndex((first) => positionName(first) === positionName(one));
  return settlements.slice(settlements.indexOf(earlier) + 1).reduce((before, reversal, index, since) => {
    const right = since[index + 1];
    if (!reversal.corrects || !right || orderOf(reversal) > orderOf(earlier)) return before;
    return asIfPaid(rules, before, reversal.before, addUsd(right.cashUsd, reversal.cashUsd));
  }, earlier.before);
}

/** What is remembered `now`, had a payout at `before` brought `byUsd` more than it did. */
function asIfPaid(rules: RuleSet, now: BeforePayout, before: BeforePayout, byUsd: Usd): BeforePayout {
  const isSameDay = now.day === before.day;
  return {
    day: now.day,
    highWaterUsd: peakAsIf(now.highWaterUsd, before.highWaterUsd, byUsd),
    dayPeakUsd: isSameDay ? peakAsIf(now.dayPeakUsd, before.dayPeakUsd, byUsd) : addUsd(now.dayPeakUsd, byUsd),
    isPaused: now.isPaused && !(isSameDay && !before.isPaused && couldBeSpared(rules, byUsd)),
    warned: warnedAsIf(rules, now, before, byUsd),
  };
}

/**
 * A peak that rose since was reached with the payout in it. One that did not rise is the one of before: how close to it
 * the account came since is not known, so that a peak is never set too high.
 */
const peakAsIf = (now: Usd, before: Usd, byUsd: Usd): Usd =>
  now > before ? largerUsd(before, addUsd(now, byUsd)) : now;

/** Whether a pause may not have come with the right payout: of a loss, had it paid more; of a capped gain, less. */
const couldBeSpared = ({ dailyLoss }: RuleSet, byUsd: Usd): boolean =>
  dailyLoss !== null &&
  ((byUsd > 0n && dailyLoss.severity !== 'fail') || (byUsd < 0n && dailyLoss.gainCapUsd !== null));

/** A week or a month that began after the payout began with as much more. */
function shiftedPeriods(
  { lossLayers }: RuleSet,
  periods: Periods,
  [paid, now]: readonly [paid: string, now: string],
  byUsd: Usd,
): Periods {
  const { weekUsd, monthUsd } = periods;
  const isLater = (span: 'week' | 'month') =>
    lossLayers.some((layer) => layer.span === span && !isSamePeriod(layer, paid, now));
  if (weekUsd === null && monthUsd === null) return periods;
  return {
    weekUsd: weekUsd !== null && isLater('week') ? addUsd(weekUsd, byUsd) : weekUsd,
    monthUsd: monthUsd !== null && isLater('month') ? addUsd(monthUsd, byUsd) : monthUsd,
  };
}

/**
 * With more money less of a limit was used: it may be warned of anew. With less money what was told remains true. The
 * limit of the open loss follows the profit of a day that began since, either way: it may be warned of anew.
 */
function warnedAsIf(
  { dailyLoss }: RuleSet,
  now: BeforePayout,
  before: BeforePayout,
  byUsd: Usd,
): BeforePayout['warned'] {
  const isSameDay = now.day === before.day;
  const { open_loss, ...told } = now.warned;
  const warned = isSameDay ? now.warned : told;
  if (byUsd <= 0n) return warned;
  // What was told of the further layers may be told again.
  const { daily_loss, max_drawdown, second_daily_loss, weekly_loss, monthly_loss, static_loss, ...others } = warned;
  const isDaysOwn = !isSameDay && dailyLoss?.anchor !== 'initial';
  const fallback = isSameDay ? before.warned.daily_loss : undefined;
  return {
    ...others,
    ...warning('daily_loss', isDaysOwn ? daily_loss : fallback),
    ...warning('max_drawdown', before.warned.max_drawdown),
  };
}

const warning = (rule: RuleName, percent: number | undefined) => (percent === undefined ? {} : { [rule]: percent });
