import { ONE_DOLLAR_PRICE, parsePrice } from '../../../../domain/kernel/money';
import { type Answer, type OutcomeState, payoutsAt, VOID } from '../../outcomes/outcome-life';
import type { GammaMarket } from '../wire/rest';

/**
 * Reads a market's life from Gamma. It trades until the venue stops taking orders, whatever was proposed meanwhile.
 * A proposed answer can be disputed for hours and voted on for days (`pending`, `disputed`), and prices near 1 are no
 * answer. `["0","0"]`, fractions, and `closed` while orders are taken have all been seen on markets without an answer;
 * the last also on one that has ended, so there the CLOB has to agree with Gamma.
 */
export function stateOf(market: GammaMarket): OutcomeState {
  const { active, closed, acceptingOrders, umaResolutionStatus, umaResolutionStatuses } = market;
  if (active && !closed && acceptingOrders) return { status: 'open' };
  const oracle = umaResolutionStatus ?? umaResolutionStatuses.at(-1);
  if (oracle === 'disputed') return { status: 'disputed' };
  if (oracle === 'proposed') return { status: 'pending' };
  if (!closed) return { status: 'halted' };
  const answer = answerOf(market, oracle);
  if (answer) return { status: 'resolved', ...answer };
  return { status: oracle === 'resolved' ? 'pending' : 'closed' };
}

/**
 * Exact prices of 1 and 0, or of a half each (nobody wins), are the answer by the word of the oracle, or where the
 * CLOB names the same winner: an empty book has been seen to be priced at 0 and 1, and one that never traded at halves.
 * Halves always need the oracle's word. A market that was put away without any answer pays back.
 */
function answerOf(market: GammaMarket, oracle: string | undefined): Answer | undefined {
  const { outcomePrices, archived, acceptingOrders, automaticallyResolved, clobTokenIds, winner } = market;
  const [yes, no] = outcomePrices.map((text) => parsePrice(text));
  const isDone = oracle === 'resolved' || automaticallyResolved === true;
  const isSplit = yes === ONE_DOLLAR_PRICE / 2n && no === yes;
  const isWon = (yes === ONE_DOLLAR_PRICE && no === 0n) || (yes === 0n && no === ONE_DOLLAR_PRICE);
  const isAgreed = isSplit ? market.isSplit : winner !== undefined && winner === clobTokenIds[yes === 0n ? 1 : 0];
  const isAnswered = (isWon && isAgreed) || (isDone && (isSplit || isWon) && (isAgreed || !acceptingOrders));
  if (yes !== undefined && isAnswered) return payoutsAt(yes);
  return archived && !acceptingOrders && oracle === undefined ? VOID : undefined;
}

/**
 * Whether the CLOB has to be asked how it ended: the oracle has no part in some markets, and Gamma contradicts itself
 * in others.
 */
export function needsAnswer(market: GammaMarket): boolean {
  const { closed, acceptingOrders, umaResolutionStatuses } = market;
  const { status } = stateOf({ ...market, acceptingOrders: false });
  if (!closed) return false;
  return acceptingOrders
    ? status === 'closed' || status === 'resolved'
    : status === 'closed' && umaResolutionStatuses.length === 0;
}
