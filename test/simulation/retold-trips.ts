import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { MILLION } from '../../domain/kernel/money';
import type { FillFact, PayoutFact } from './retold-facts';

type Activity = RuleSet['activity'];

/** An open trade: what is held and cost, what it has done to the balance since it was flat, its largest cost so far. */
type Trip = {
  readonly qty: bigint;
  readonly net: bigint;
  readonly cost: bigint;
  readonly largest: bigint;
  readonly openedAt: number;
  /** Something of it was filled around news that the rules count in part. */
  readonly inNews: boolean;
};

/** Trades from flat to flat, told by fills and payouts in their order. */
export class RetoldTrips {
  readonly ended = {
    tradesClosed: 0,
    tradesCounted: 0,
    tradeSizes: 0n,
    worstTrade: 0n,
    bestTrade: 0n,
    excludedWins: 0n,
  };
  today = { opened: 0, closed: 0, sized: 0, excluded: 0n };
  private readonly open = new Map<string, Trip>();

  constructor(
    private readonly activity: Activity,
    private readonly newsShare: bigint | null,
  ) {}

  get held(): number {
    return this.open.size;
  }

  openedAt(instrument: string): number | undefined {
    return this.open.get(instrument)?.openedAt;
  }

  nextDay(): void {
    this.today = { opened: 0, closed: 0, sized: 0, excluded: 0n };
  }

  settle({ instrument, cash, cost, at }: PayoutFact): void {
    const trip = this.open.get(instrument);
    if (!trip) throw new Error(`nothing of ${instrument} was held`);
    this.end(instrument, { ...trip, net: trip.net + cash - cost }, at);
  }

  /** A fill that closes more than is held shares cash and fee by quantity, the closing part rounded down. */
  fill({ instrument, qty, cash, fee, realized, at, inNews }: FillFact): void {
    const before = this.open.get(instrument);
    const trip = before && { ...before, inNews: before.inNews || inNews };
    if (!trip) {
      this.begin(instrument, { qty, net: -fee, cost: -cash, openedAt: at, inNews });
      return;
    }
    const after = trip.qty + qty;
    const net = trip.net + realized - fee;
    if (trip.qty > 0n === qty > 0n) {
      const cost = trip.cost - cash;
      this.open.set(instrument, { ...trip, qty: after, net, cost, largest: larger(trip.largest, size(cost)) });
    } else if (after === 0n) this.end(instrument, { ...trip, net }, at);
    else if (after > 0n === trip.qty > 0n) {
      // What was realized is what the part brought less what it had cost.
      this.open.set(instrument, { ...trip, qty: after, net, cost: trip.cost - cash + realized });
    } else {
      const closingFee = (fee * size(trip.qty)) / size(qty);
      const closingCash = roundedDown(cash * size(trip.qty), size(qty));
      this.end(instrument, { ...trip, net: trip.net + realized - closingFee }, at);
      this.begin(instrument, { qty: after, net: closingFee - fee, cost: closingCash - cash, openedAt: at, inNews });
    }
  }

  private begin(instrument: string, trip: Omit<Trip, 'largest'>): void {
    this.today.opened += 1;
    this.open.set(instrument, { ...trip, largest: size(trip.cost) });
  }

  private end(instrument: string, { net, largest, openedAt, inNews }: Trip, at: number): void {
    const { ended, today, activity } = this;
    const isLongEnough = at - openedAt >= activity.tradeHeldMsMin;
    this.open.delete(instrument);
    ended.tradesClosed += 1;
    ended.tradesCounted += isLongEnough ? 1 : 0;
    ended.tradeSizes += largest;
    ended.worstTrade = larger(ended.worstTrade, -net);
    today.closed += 1;
    const [count, sizes] =
      activity.daySizeOf === 'all'
        ? [ended.tradesClosed, ended.tradeSizes]
        : [ended.tradesClosed - 1, ended.tradeSizes - largest];
    if (largest * BigInt(count) * MILLION >= activity.daySizeShareMin * sizes) today.sized += 1;
    const isShort = !isLongEnough && activity.shortWins === 'excluded';
    const share = isShort ? 0n : inNews ? (this.newsShare ?? MILLION) : MILLION;
    // What counts of a win is rounded up.
    const counts = net > 0n ? (net * share + MILLION - 1n) / MILLION : net;
    ended.excludedWins += net - counts;
    today.excluded += net - counts;
    ended.bestTrade = larger(ended.bestTrade, counts);
  }
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const roundedDown = (amount: bigint, by: bigint): bigint =>
  amount < 0n && amount % by !== 0n ? amount / by - 1n : amount / by;
