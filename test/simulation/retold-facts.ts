import type { RuleSet } from '../../domain/assessment/rules';

type FillFact = {
  readonly kind: 'fill';
  readonly instrument: string;
  /** Negative when sold. */
  readonly qty: bigint;
  readonly cash: bigint;
  readonly fee: bigint;
  readonly realized: bigint;
  readonly at: number;
};

/** `cash`: what the outcome has paid last, in the place of what it paid first. */
export type PayoutFact = {
  readonly kind: 'payout';
  readonly instrument: string;
  readonly qty: bigint;
  readonly cost: bigint;
  cash: bigint;
};

type Fact = FillFact | PayoutFact | { readonly kind: 'day' };

/** What follows from fills, payouts and days alone. */
export type RetoldFacts = {
  readonly cash: bigint;
  readonly dayBalance: bigint;
  readonly bestDay: bigint;
  readonly winningDays: bigint;
  /** Finished days that gained enough; undefined where something else makes a day count. */
  readonly daysGained: number | undefined;
  readonly worstTrade: bigint;
  readonly tradesClosed: number;
  readonly highestBalance: bigint;
  readonly highestDayEnd: bigint;
  /** Of the latest fill; a payout is no activity. */
  readonly activeAt: number | undefined;
  /** How many instruments are held. */
  readonly held: number;
};

/** An open trade: what is held, and what it has done to the balance since it was flat. */
type Trip = { readonly qty: bigint; readonly net: bigint };

/** Counts from the beginning, one fact after the other. */
export function retell({ startingUsd, activity }: RuleSet, facts: readonly Fact[]): RetoldFacts {
  const start: bigint = startingUsd;
  let [cash, balance, dayBalance, bestDay, winningDays] = [start, start, start, 0n, 0n];
  let [highestBalance, highestDayEnd, worstTrade] = [start, start, 0n];
  let [daysGained, tradesClosed] = [0, 0];
  let activeAt: number | undefined;
  const trips = new Map<string, Trip>();
  const end = (net: bigint) => {
    tradesClosed += 1;
    if (-net > worstTrade) worstTrade = -net;
  };
  for (const fact of facts) {
    if (fact.kind === 'day') {
      const result = balance - dayBalance;
      dayBalance = balance;
      if (result > bestDay) bestDay = result;
      if (result > 0n) winningDays += result;
      if (result >= activity.dayGainUsd) daysGained += 1;
      if (balance > highestDayEnd) highestDayEnd = balance;
      continue;
    }
    if (fact.kind === 'payout') {
      cash += fact.cash;
      balance += fact.cash - fact.cost;
      end((trips.get(fact.instrument)?.net ?? 0n) + fact.cash - fact.cost);
      trips.delete(fact.instrument);
    } else {
      cash += fact.cash - fact.fee;
      balance += fact.realized - fact.fee;
      activeAt = fact.at;
      follow(trips, fact, end);
    }
    if (balance > highestBalance) highestBalance = balance;
  }
  return {
    ...{ cash, dayBalance, bestDay, winningDays, worstTrade, tradesClosed, highestBalance, highestDayEnd, activeAt },
    daysGained: activity.dayCountsIf === 'gain' ? daysGained : undefined,
    held: trips.size,
  };
}

/** Of a fill that closes more than is held, the fee is shared by quantity, the closing part rounded down. */
function follow(trips: Map<string, Trip>, fill: FillFact, end: (net: bigint) => void): void {
  const { instrument, qty, fee, realized } = fill;
  const held = trips.get(instrument) ?? { qty: 0n, net: 0n };
  const after = held.qty + qty;
  const isThrough = held.qty !== 0n && after !== 0n && after > 0n !== held.qty > 0n;
  const closingFee = isThrough ? (fee * size(held.qty)) / size(qty) : fee;
  const net = held.net + realized - closingFee;
  trips.set(instrument, { qty: after, net: isThrough ? closingFee - fee : net });
  if (after !== 0n && !isThrough) return;
  end(net);
  if (after === 0n) trips.delete(instrument);
}

const size = (qty: bigint): bigint => (qty < 0n ? -qty : qty);
