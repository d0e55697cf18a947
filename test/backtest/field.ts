import { type Account, balanceOf, equityOf, positionIn } from '../../domain/account/account';
import { fold } from '../../domain/account/evolve';
import type { OrderTicket, Side } from '../../domain/account/orders/order';
import type { RuleName } from '../../domain/account/rule-name';
import { freshStanding } from '../../domain/account/standing/standing';
import { advanceAccount } from '../../domain/assessment/commands/advance-account';
import { decideOrder } from '../../domain/assessment/commands/decide-order';
import type { AssessmentStatus, DecisionContext } from '../../domain/assessment/context/decision-context';
import { marksAt } from '../../domain/assessment/context/marks';
import { deadlinesOf } from '../../domain/assessment/judging/deadlines';
import type { Judgement } from '../../domain/assessment/judging/judgement';
import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import { tradingDayAt } from '../../domain/assessment/rules/trading-day';
import { type FillId, idOf, type OrderId } from '../../domain/kernel/ids';
import { type Instant, instant } from '../../domain/kernel/instant';
import { formatUsd, qty } from '../../domain/kernel/money';
import type { Book } from '../../domain/market/book';
import { BTC, CATALOGUE, onTick } from './market';
import type { Strategy } from './strategy';

/** One strategy with its account. */
export type Entrant = {
  readonly number: number;
  readonly strategy: Strategy;
  readonly tier: string;
  readonly rules: RuleSet;
  account: Account;
  status: AssessmentStatus;
  watch: Watch;
  broken: RuleName | undefined;
  endedAt: Instant | undefined;
  orders: number;
  readonly refused: Map<string, number>;
};

/** What the domain has to be asked at, beside what the index of prices selects: an instant, or prices of its stops. */
type Watch = { readonly dueAt: Instant; readonly stopBelow: number; readonly stopAbove: number };

function watchOf(rules: RuleSet, account: Account, at: Instant): Watch {
  const dues = [tradingDayAt(at, rules).endsAt, ...deadlinesOf(rules, account).map(({ dueAt }) => dueAt)];
  const stops = account.orders.flatMap(({ side, terms }) =>
    terms.type === 'stop' ? [{ side, price: Number(terms.stopPrice) / 1e8 }] : [],
  );
  const pricesOf = (side: Side) => stops.filter((stop) => stop.side === side).map(({ price }) => price);
  return {
    dueAt: instant(Math.min(...dues)),
    stopBelow: Math.max(...pricesOf('sell'), Number.NEGATIVE_INFINITY),
    stopAbove: Math.min(...pricesOf('buy'), Number.POSITIVE_INFINITY),
  };
}

const NOTHING = new Map();
const STEP = 10_000n;
/** Where a strategy that must have a stop puts it: well inside what one position may lose. */
const STOP_SHARE = 0.6;

export const entrantOf = (
  number: number,
  strategy: Strategy,
  tier: string,
  rules: RuleSet,
  startsAt: Instant,
): Entrant => {
  const account: Account = {
    cashUsd: rules.startingUsd,
    positions: [],
    tradesClosed: 0,
    day: tradingDayAt(startsAt, rules).day,
    dayAnchorUsd: rules.startingUsd,
    orders: [],
    standing: freshStanding(rules.startingUsd, startsAt),
  };
  return {
    number,
    strategy,
    tier,
    rules,
    account,
    status: 'active',
    watch: watchOf(rules, account, startsAt),
    broken: undefined,
    endedAt: undefined,
    orders: 0,
    refused: new Map(),
  };
};

function contextOf(entrant: Entrant, book: Book): DecisionContext {
  const { status, rules, account, number } = entrant;
  let made = 0;
  const next = () => `${number}-${book.sequence}-${++made}`;
  return {
    status,
    rules,
    account,
    at: book.receivedAt,
    instruments: CATALOGUE,
    books: new Map([[BTC, book]]),
    tape: NOTHING,
    taken: NOTHING,
    blackouts: [],
    nextFillId: () => idOf<FillId>(next()),
    nextOrderId: () => idOf<OrderId>(next()),
  };
}

/** Lets the domain do to the account whatever time and this book do to it. */
export function attendTo(entrant: Entrant, book: Book): void {
  const context = contextOf(entrant, book);
  const advanced = advanceAccount(context);
  entrant.account = fold(entrant.rules, entrant.account, [...advanced.before, ...advanced.after]);
  entrant.watch = watchOf(entrant.rules, entrant.account, book.receivedAt);
  if (advanced.status === 'active') return;
  entrant.status = advanced.status;
  entrant.endedAt = book.receivedAt;
  entrant.broken = brokenRule(advanced.judgement);
}

const brokenRule = ({ verdict }: Judgement): RuleName | undefined =>
  verdict.kind === 'failed' ? verdict.broken.rule : undefined;

/** Orders what takes the account to this multiple of its equity. False: there is nothing to do, or it is refused. */
export function rebalance(entrant: Entrant, book: Book, multiple: number): boolean {
  const { account, rules, number } = entrant;
  const [bid, ask] = [book.bids[0], book.asks[0]];
  if (!bid || !ask) return false;
  const held = positionIn(account, BTC)?.qty ?? 0n;
  const equityUsd = equityOf(account, marksAt(new Map([[BTC, book]]), book.receivedAt)).expectedUsd;
  const mid = Number(bid.price + ask.price) / 2e8;
  const wanted = BigInt(Math.trunc((multiple * Number(equityUsd)) / 1e6 / mid / 1e-4)) * STEP;
  const change = wanted - held;
  const isBuy = change > 0n;
  const amount = isBuy ? change : -change;
  if (amount < STEP || (amount * 20n < (held < 0n ? -held : held) && wanted !== 0n)) return false;
  const ticket: OrderTicket = {
    orderId: idOf(`${number}-${book.sequence}`),
    instrument: BTC,
    side: isBuy ? 'buy' : 'sell',
    qty: qty(amount),
    terms: { type: 'market' },
    reduceOnly: false,
    attached: stopFor(rules, wanted, mid),
  };
  const decided = decideOrder(contextOf(entrant, book), ticket);
  if (!decided.ok) {
    entrant.refused.set(decided.refusal, (entrant.refused.get(decided.refusal) ?? 0) + 1);
    return decided.refusal === 'limit_broken';
  }
  entrant.orders++;
  entrant.account = fold(rules, account, decided.value);
  return true;
}

/** A stop for the position as it will be, as far away as the risk of one trade allows. */
function stopFor({ riskPerTrade }: RuleSet, wanted: bigint, mid: number): OrderTicket['attached'] {
  if (!riskPerTrade || wanted === 0n) return null;
  const units = Number(wanted) / 1e8;
  const distance = (STOP_SHARE * Number(riskPerTrade.limitUsd)) / 1e6 / units;
  const stop = mid - distance;
  return stop > 0 ? { takeProfit: null, stopLoss: onTick(stop) } : null;
}

/** One line an entrant: equal runs give equal lines. */
export const lineOf = ({ number, status, broken, endedAt, account, orders }: Entrant): string =>
  [number, status, broken ?? '-', endedAt ?? '-', orders, formatUsd(balanceOf(account)), account.tradesClosed].join(
    ' ',
  );
