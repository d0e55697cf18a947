import { ONE_DOLLAR_PRICE, type Price, parsePrice, price } from '../../../domain/kernel/money';
import type { Instrument, InstrumentStatus, Payout } from '../../../domain/market/instrument';
import type { GammaMarket } from './rest';

/** Where a market is in its life, and what a share of each of its outcomes pays once it is resolved. */
export type MarketState =
  | { readonly status: Exclude<InstrumentStatus, 'resolved'> }
  | { readonly status: 'resolved'; readonly yes: Payout; readonly no: Payout };

/**
 * Reads a market's life from Gamma. It trades until the venue stops taking orders, whatever was proposed meanwhile.
 * A proposed answer can be disputed for hours and voted on for days (`pending`, `disputed`), and prices near 1 are no
 * answer. `["0","0"]`, fractions, and `closed` while orders are taken have all been seen on markets without an answer.
 */
export function stateOf(market: GammaMarket): MarketState {
  const { active, closed, acceptingOrders, umaResolutionStatus, umaResolutionStatuses } = market;
  if (active && !closed && acceptingOrders) return { status: 'open' };
  const oracle = umaResolutionStatus ?? umaResolutionStatuses.at(-1);
  if (oracle === 'disputed') return { status: 'disputed' };
  if (oracle === 'proposed') return { status: 'pending' };
  if (!closed) return { status: 'halted' };
  const answer = acceptingOrders ? undefined : answerOf(market, oracle);
  if (answer) return { status: 'resolved', ...answer };
  return { status: oracle === 'resolved' ? 'pending' : 'closed' };
}

/**
 * Exact prices of 1 and 0, or of a half each (nobody wins), are the answer by the word of the oracle, or where the
 * CLOB names the same winner: an empty book has been seen to be priced at 0 and 1, and one that never traded at halves.
 * A market that was put away without any answer pays back.
 */
function answerOf(
  { outcomePrices, archived, automaticallyResolved, clobTokenIds, winner }: GammaMarket,
  oracle: string | undefined,
): { readonly yes: Payout; readonly no: Payout } | undefined {
  const [yes, no] = outcomePrices.map((text) => parsePrice(text));
  const isDone = oracle === 'resolved' || automaticallyResolved === true;
  const isSplit = yes === ONE_DOLLAR_PRICE / 2n && no === yes;
  const isWon = (yes === ONE_DOLLAR_PRICE && no === 0n) || (yes === 0n && no === ONE_DOLLAR_PRICE);
  const isAgreed = winner !== undefined && winner === clobTokenIds[yes === 0n ? 1 : 0];
  if (yes !== undefined && ((isDone && (isSplit || isWon)) || (isWon && isAgreed))) return payoutsAt(yes);
  return archived && oracle === undefined ? { yes: { kind: 'void' }, no: { kind: 'void' } } : undefined;
}

/** Whether only the CLOB can say how it ended: the oracle has no part in some markets. */
export const needsWinner = (market: GammaMarket): boolean =>
  market.closed && stateOf(market).status === 'closed' && market.umaResolutionStatuses.length === 0;

/** What a share of each outcome pays when one of YES pays `yes`. */
export const payoutsAt = (yes: Price): { readonly yes: Payout; readonly no: Payout } => ({
  yes: { kind: 'pays', price: yes },
  no: { kind: 'pays', price: price(ONE_DOLLAR_PRICE - yes) },
});

/**
 * What is known of an instrument after it was read anew. The socket tells of an end before Gamma does, and an answer
 * of Gamma may be an old one: a closed market does not open again, a resolved one only gets another payout.
 */
export function advanced(known: Instrument, read: Instrument): Instrument {
  const isBack =
    (known.status === 'resolved' && read.status !== 'resolved') ||
    (known.status === 'closed' && (read.status === 'open' || read.status === 'halted'));
  return isBack ? { ...read, status: known.status, payout: known.payout } : read;
}

/** Whether its book counts: from the close on, nothing of it marks or fills. */
export const isTrading = ({ status }: Pick<Instrument, 'status'>): boolean => status === 'open' || status === 'halted';
