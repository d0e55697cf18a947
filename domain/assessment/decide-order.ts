import { type Account, equityOf, type Marks, positionIn } from '../account/account';
import { type Executed, execute, type OrderTicket, takeable } from '../account/order';
import { exitValue, type Position } from '../account/position';
import type { FillId, InstrumentId } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import { absolute, addUsd, formatQty, formatUsd, type Qty, subUsd, sumUsd, usd } from '../kernel/money';
import { accept, type Refused, type Result, refuse } from '../kernel/result';
import { type Book, isFresh } from '../market/book';
import type { Instrument } from '../market/instrument';
import { type AssessmentStatus, openDay } from './judge';
import type { RuleSet } from './rules';

export type OrderRefusal =
  | 'assessment_closed'
  | 'market_closed'
  | 'price_unavailable'
  | 'qty_off_step'
  | 'qty_below_minimum'
  | 'short_not_allowed'
  | 'insufficient_liquidity'
  | 'insufficient_margin'
  | 'risk_per_trade_exceeded';

export type OrderDecision = {
  readonly status: AssessmentStatus;
  readonly rules: RuleSet;
  readonly account: Account;
  readonly ticket: OrderTicket;
  readonly instrument: Instrument;
  /** Of the instruments held, and of the one ordered. */
  readonly instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly book: Book | undefined;
  /** Good and fresh quotes of what is held and of what is ordered. */
  readonly marks: Marks;
  readonly made: { readonly fillId: FillId; readonly at: Instant };
};

/** A book older than this neither fills nor judges. */
export const STALE_AFTER_MS = 10_000;

/** Market order: refused by name, or filled at once from the venue's book. The account is rolled into its day first. */
export function decideOrder(decision: OrderDecision): Result<Executed, OrderRefusal> {
  const { status, rules, ticket, instrument, book, made } = decision;
  if (status !== 'active') return refuse('assessment_closed', 'accountId', `the assessment has ${status}`);
  const account = openDay(decision.account, rules, made.at);
  const unfit = unfitQuantity(account, ticket, instrument);
  if (unfit) return unfit;
  if (instrument.status !== 'open') return refuse('market_closed', 'instrument', `the market is ${instrument.status}`);
  if (book?.quality !== 'good' || !isFresh(book.receivedAt, made.at, STALE_AFTER_MS)) {
    return refuse(
      'price_unavailable',
      'instrument',
      `no book that passed its checks within ${STALE_AFTER_MS / 1000} s`,
    );
  }
  const levels = takeable(book, ticket.side, ticket.qty);
  if (!levels) return refuse('insufficient_liquidity', 'qty', 'the book must hold it within 5 % of its best price');
  const executed = execute(account, ticket, instrument, book, levels, made);
  return isReducing(account, executed) ? accept(executed) : (overexposed(decision, executed) ?? accept(executed));
}

function unfitQuantity(
  account: Account,
  ticket: OrderTicket,
  instrument: Instrument,
): Refused<OrderRefusal> | undefined {
  if (ticket.qty % instrument.qtyStep !== 0n) {
    return refuse('qty_off_step', 'qty', `must be a multiple of ${formatQty(instrument.qtyStep)}`);
  }
  if (ticket.qty < instrument.qtyMin) {
    return refuse('qty_below_minimum', 'qty', `must be at least ${formatQty(instrument.qtyMin)}`);
  }
  const held = positionIn(account, ticket.instrument)?.qty ?? 0n;
  if (instrument.kind === 'outcome' && ticket.side === 'sell' && ticket.qty > held) {
    return refuse('short_not_allowed', 'qty', 'an outcome can be sold only up to what is held; buy the other outcome');
  }
  return undefined;
}

/** Smaller than before and not through zero: always allowed, whatever the margin says. */
const isReducing = (before: Account, { fill, account }: Executed): boolean => {
  const [was, is] = [positionIn(before, fill.instrument)?.qty ?? 0n, positionIn(account, fill.instrument)?.qty ?? 0n];
  return was !== 0n && (is === 0n || (is > 0n === was > 0n && absolute(is as Qty) < absolute(was as Qty)));
};

/** The margin and the risk per trade that the account would have after the fill. */
function overexposed(decision: OrderDecision, executed: Executed): Refused<OrderRefusal> | undefined {
  const { rules, instruments, marks, instrument } = decision;
  const { account, fill } = executed;
  const equityUsd = equityOf(account, marks);
  if (equityUsd === undefined) {
    return refuse(
      'price_unavailable',
      'instrument',
      'every open position needs a fresh price before the account adds risk',
    );
  }
  const values = account.positions.map((position) => markedValue(position, marks));
  const isSpot = (position: Position) => instruments.get(position.instrument)?.kind === 'spot';
  const tied = sumUsd(values.filter(({ position }) => !isSpot(position)).map(({ valueUsd }) => valueUsd));
  const gross = sumUsd(values.filter(({ position }) => isSpot(position)).map(({ valueUsd }) => absolute(valueUsd)));
  const free = subUsd(equityUsd, tied);
  if (gross > free * BigInt(rules.leverageMax)) {
    const room = usd(free > 0n ? free * BigInt(rules.leverageMax) : 0n);
    return refuse(
      'insufficient_margin',
      'qty',
      `positions of $${formatUsd(gross)} exceed the $${formatUsd(room)} allowed`,
    );
  }
  const position = positionIn(account, fill.instrument);
  const riskUsd = position ? addUsd(position.costUsd, position.feesUsd) : usd(0n);
  if (instrument.kind === 'outcome' && riskUsd > rules.riskPerTradeUsd) {
    const limit = formatUsd(rules.riskPerTradeUsd);
    return refuse(
      'risk_per_trade_exceeded',
      'qty',
      `the position may cost at most $${limit}, not $${formatUsd(riskUsd)}`,
    );
  }
  return undefined;
}

const markedValue = (position: Position, marks: Marks) => {
  const quote = marks.get(position.instrument);
  return { position, valueUsd: quote ? exitValue(position, quote) : position.costUsd };
};
