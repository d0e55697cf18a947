import type { InstrumentId } from '../kernel/ids';
import { DAY_MS, type Instant } from '../kernel/instant';
import { invariant } from '../kernel/invariant';
import { addUsd, largerUsd, qty, subUsd, type Usd, ZERO_USD } from '../kernel/money';
import { type Account, balanceOf, orderOf, positionIn, withOrder, withPosition } from './account';
import type {
  AccountEvent,
  CapitalGrown,
  DayOpened,
  HighWaterRaised,
  OrderFilled,
  PayoutTaken,
  PositionSettled,
} from './account-event';
import type { AccountRules } from './account-rules';
import { afterBalance, afterFill } from './after-fill';
import { countedResult, dayCounts, dayResult, resultSincePayout } from './day-result';
import type { Order } from './orders/order';
import { assertTransition } from './orders/order-transitions';
import { afterPaidOut } from './standing/growth';
import { heldBy, releasedAt } from './standing/hold';
import { afterPaidDay, NO_PAYOUTS } from './standing/payouts';
import { isSamePeriod, periodsAfter } from './standing/periods';
import { afterTrade, freshDay, type Standing } from './standing/standing';

/** The account after an event. Throws where the event cannot have happened to this account. */
export function evolve(rules: AccountRules, account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'day_opened':
      return afterDayOpened(rules, account, event);
    case 'order_placed':
    case 'order_amended':
    case 'order_advanced':
    case 'order_triggered':
    case 'order_cancelled': {
      const { kind, order } = event;
      assertTransition(kind, orderOf(account, order.orderId), order);
      return { ...account, orders: withOrder(account.orders, order) };
    }
    case 'order_filled':
      return afterOrderFilled(rules, account, event);
    case 'position_settled':
      return afterSettlement(rules, account, event);
    case 'payout_taken':
      return afterPayoutTaken(rules, account, event);
    case 'capital_grown':
      return afterCapitalGrown(account, event);
    case 'trading_paused':
      return withStanding(account, { day: { ...account.standing.day, isPaused: true } });
    case 'account_held':
      return withStanding(account, { holds: heldBy(account.standing.holds, event.hold, event.at) });
    case 'account_released':
      return withStanding(account, { holds: releasedAt(account.standing.holds, event.at) });
    case 'stop_corrected': {
      const { instrument, dueAt } = event;
      const position = positionIn(account, instrument);
      invariant(position !== undefined, `a stop is corrected for ${instrument}, which is not held`);
      const { stopCorrections } = account.standing;
      const begun = { instrument, openedAt: position.openedAt, dueAt };
      return withStanding(account, { stopCorrections: [...stopCorrections, begun] });
    }
    case 'limit_warned':
      return withStanding(account, { warned: { ...account.standing.warned, [event.rule]: event.percent } });
    case 'limit_touched': {
      const { touched } = account.standing;
      invariant(touched[event.rule] === undefined, `${event.rule} is touched already`);
      return withStanding(account, { touched: { ...touched, [event.rule]: event.at } });
    }
    case 'limit_recovered': {
      const { [event.rule]: since, ...touched } = account.standing.touched;
      invariant(since !== undefined, `${event.rule} recovers, which nothing touched`);
      return withStanding(account, { touched });
    }
    case 'high_water_raised':
      return afterHighWaterRaised(account, event);
  }
}

/** The account after events, oldest first. */
export const fold = (rules: AccountRules, account: Account, events: readonly AccountEvent[]): Account =>
  events.reduce((now, event) => evolve(rules, now, event), account);

const withStanding = (account: Account, change: Partial<Standing>): Account => ({
  ...account,
  standing: { ...account.standing, ...change },
});

/** Counts the day that is finished, and lifts a pause. A mark that trails the end of days has an event of its own. */
function afterDayOpened(rules: AccountRules, account: Account, event: DayOpened): Account {
  const { day, dayAnchorUsd, dayPeakUsd } = event;
  invariant(day > account.day, `${day} cannot begin after ${account.day}`);
  const { standing } = account;
  // What they count from is another now: they have to be touched anew.
  const touched = keptOver(rules, standing.touched, [account.day, day]);
  const balanceUsd = balanceOf(account);
  const warned = keptOver(rules, standing.warned, [account.day, day]);
  const counted = countedResult(account, balanceUsd);
  const { days, peaks } = standing;
  const isCounted = dayCounts(rules, standing, dayResult(account, balanceUsd));
  return {
    ...account,
    day,
    dayAnchorUsd,
    standing: {
      ...standing,
      peaks: { ...peaks, dayPeakUsd },
      periods: periodsAfter(rules.lossLayers, standing.periods, [account.day, day], balanceUsd),
      payouts: afterPaidDay(rules.payout, standing.payouts, resultSincePayout(account, balanceUsd)),
      day: freshDay(balanceUsd),
      days: {
        counted: days.counted + (isCounted ? daysUntil(rules, account.day, day) : 0),
        bestUsd: largerUsd(days.bestUsd, counted),
        winningUsd: counted > 0n ? addUsd(days.winningUsd, counted) : days.winningUsd,
      },
      warned,
      touched,
    },
  };
}

/** What is remembered by rule, without what is forgotten with a day, a week and a month. */
function keptOver<T>(
  { lossLayers }: AccountRules,
  { daily_loss, open_loss, second_daily_loss, ...others }: Readonly<Record<string, T>>,
  [before, day]: readonly [before: string, day: string],
): Readonly<Record<string, T>> {
  const ended = lossLayers.filter((layer) => !isSamePeriod(layer, before, day)).map(({ span }) => span);
  if (ended.length === 0) return others;
  const { weekly_loss, monthly_loss, ...left } = others;
  return {
    ...left,
    ...(weekly_loss !== undefined && !ended.includes('week') && { weekly_loss }),
    ...(monthly_loss !== undefined && !ended.includes('month') && { monthly_loss }),
  };
}

/** One, for the day that is finished; where every day of the calendar counts, those that nobody opened as well. */
function daysUntil({ activity }: AccountRules, from: string, until: string): number {
  if (activity.dayCountsIf !== 'calendar') return 1;
  return (Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}

/** What the day has realized so far stays its result; what payouts count starts again. */
function afterPayoutTaken(rules: AccountRules, account: Account, event: PayoutTaken): Account {
  const { standing } = account;
  const { at, amountUsd, cashUsd, dayAnchorUsd, highWaterUsd, dayPeakUsd, periods } = event;
  invariant(subUsd(account.cashUsd, amountUsd) === cashUsd, 'a payout leaves another cash than it says');
  const paid = { ...account, cashUsd, dayAnchorUsd };
  const fromUsd = subUsd(balanceOf(paid), standing.trades.excludedUsd);
  return withStanding(paid, {
    periods,
    peaks: { ...standing.peaks, highWaterUsd, dayPeakUsd },
    day: { ...standing.day, balanceUsd: subUsd(standing.day.balanceUsd, amountUsd) },
    payouts: {
      ...NO_PAYOUTS,
      taken: standing.payouts.taken + 1,
      last: { at, day: account.day, fromUsd },
      growth: afterPaidOut(standing.payouts.growth, amountUsd, (rules.payout?.scaling ?? null) !== null),
    },
  });
}

/** All that counts from a balance or an equity counts from as much more: nothing is won or lost by it. */
function afterCapitalGrown(account: Account, { at, addedUsd, capitalUsd, cashUsd }: CapitalGrown): Account {
  const { peaks, day, periods, payouts, trades } = account.standing;
  invariant(addedUsd > 0n && addUsd(account.cashUsd, addedUsd) === cashUsd, 'capital adds another cash than it says');
  const more = (value: Usd) => addUsd(value, addedUsd);
  const orNone = (value: Usd | null) => value && more(value);
  const grown = { ...account, cashUsd, dayAnchorUsd: more(account.dayAnchorUsd) };
  return withStanding(grown, {
    peaks: { ...peaks, highWaterUsd: more(peaks.highWaterUsd), dayPeakUsd: more(peaks.dayPeakUsd) },
    day: { ...day, balanceUsd: more(day.balanceUsd) },
    periods: { weekUsd: orNone(periods.weekUsd), monthUsd: orNone(periods.monthUsd) },
    payouts: {
      ...payouts,
      last: payouts.last && { ...payouts.last, fromUsd: more(payouts.last.fromUsd) },
      growth: {
        steps: [...payouts.growth.steps, { at, capitalUsd }],
        fromUsd: subUsd(balanceOf(grown), trades.excludedUsd),
        taken: payouts.taken,
        paidUsd: ZERO_USD,
      },
    },
  });
}

function afterHighWaterRaised(account: Account, { highWaterUsd, dayPeakUsd, peakedAt }: HighWaterRaised): Account {
  const { peaks } = account.standing;
  invariant(highWaterUsd >= peaks.highWaterUsd && dayPeakUsd >= peaks.dayPeakUsd, 'a mark is never raised downwards');
  return withStanding(account, { peaks: { highWaterUsd, dayPeakUsd, at: peakedAt } });
}

function afterOrderFilled(rules: AccountRules, account: Account, event: OrderFilled): Account {
  const { fill } = event;
  const known = orderOf(account, fill.orderId);
  invariant(known !== undefined, `order ${fill.orderId} is filled, which does not work`);
  const order = filledOrder(known, event);
  assertTransition('order_filled', known, order);
  const after = afterFill(rules, account, fill);
  invariant(
    after.cashUsd === event.cashUsd && after.tradesClosed === event.tradesClosed,
    `the fill ${fill.fillId} leaves another account than it says`,
  );
  const met = event.consumesBook ? havingMet(account.orders, order) : account.orders;
  return { ...after, orders: withOrder(met, order) };
}

/** The order as a fill leaves it. Throws where the fill is not its next part. */
export function filledOrder(order: Order, { fill, queueAhead, tapeSeenAt, exactFee }: OrderFilled): Order {
  invariant(fill.part === order.parts + 1, `part ${fill.part} of order ${order.orderId} follows ${order.parts}`);
  const filledQty = qty(order.filledQty + fill.qty);
  return {
    ...order,
    status: filledQty === order.qty ? 'filled' : 'open',
    filledQty,
    parts: fill.part,
    bookSequence: fill.bookSequence,
    queueAhead,
    tapeSeenAt,
    ...(exactFee !== undefined && { exactFee }),
  };
}

/** Younger orders of the instrument have met the state of the book that this one took of: it has no more for them. */
function havingMet(orders: readonly Order[], { orderId, instrument, bookSequence }: Order): readonly Order[] {
  const place = orders.findIndex((order) => order.orderId === orderId);
  return orders.map((order, index) =>
    index > place && order.instrument === instrument && order.bookSequence < bookSequence
      ? { ...order, bookSequence }
      : order,
  );
}

/** What an outcome paid is no part of what the account was worth before: prices of until then say nothing of it. */
function datedBy(at: Instant, account: Account): Account {
  const { peaks } = account.standing;
  return peaks.at >= at ? account : withStanding(account, { peaks: { ...peaks, at } });
}

/** A payout closes its position; one that was wrong is taken back, and the right one changes what is remembered. */
function afterSettlement(rules: AccountRules, account: Account, event: PositionSettled): Account {
  const { settlement, corrected, dayAnchorUsd } = event;
  const paid = datedBy(settlement.settledAt, {
    ...account,
    cashUsd: addUsd(account.cashUsd, settlement.cashUsd),
  });
  invariant(paid.cashUsd === event.cashUsd, `the payout of ${settlement.instrument} leaves another cash than it says`);
  if (settlement.corrects) return paid;
  if (!corrected) return afterBalance(rules, withoutSettled(rules, paid, event));
  const { standing } = paid;
  const { peaks, day, days, trades, warned, periods, payouts } = corrected;
  return {
    ...paid,
    dayAnchorUsd,
    standing: {
      ...standing,
      days,
      warned,
      periods,
      payouts,
      peaks: { ...standing.peaks, ...peaks },
      day: { ...standing.day, ...day },
      trades: { ...standing.trades, ...trades },
    },
  };
}

/** It completes a trade, but opens nothing and shows no activity of the trader. */
function withoutSettled(rules: AccountRules, account: Account, { settlement }: PositionSettled): Account {
  const { instrument, realizedUsd, settledAt } = settlement;
  const position = positionIn(account, instrument);
  invariant(position !== undefined, `${instrument} is settled, which is not held`);
  return {
    ...account,
    positions: withPosition(account.positions, instrument, undefined),
    tradesClosed: account.tradesClosed + 1,
    standing: withoutNews(
      instrument,
      afterTrade(account.standing, rules, {
        position,
        resultUsd: subUsd(addUsd(position.realizedUsd, realizedUsd), position.feesUsd),
        closedAt: settledAt,
        closedBefore: account.tradesClosed,
        inNews: account.standing.trades.inNews.includes(instrument),
      }),
    ),
  };
}

const withoutNews = (instrument: InstrumentId, standing: Standing): Standing => {
  const { trades } = standing;
  if (!trades.inNews.includes(instrument)) return standing;
  return { ...standing, trades: { ...trades, inNews: trades.inNews.filter((each) => each !== instrument) } };
};
