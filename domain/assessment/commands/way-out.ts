import type { Account, Marks } from '../../account/account';
import { breakEvenPrice, exitFee, netAt } from '../../account/break-even';
import { fillWith } from '../../account/fill';
import { exitPrice, type Position } from '../../account/position';
import type { RuleName } from '../../account/rule-name';
import { type FillId, idOf, type OrderId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { absolute, addUsd, type Price, type Usd, ZERO_USD } from '../../kernel/money';
import type { Quote } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import { raiseAfterFill } from '../judging/high-water-mark';
import { judge } from '../judging/judge';
import type { Judgement, Unjudged } from '../judging/judgement';
import type { RuleSet } from '../rules/rule-set';
import type { Instruments } from './shown-rooms';

/** What follows at once from how an account is left: it fails by a rule, may not trade on that day, or passes. */
export type Consequence = {
  readonly breach: RuleName | null;
  readonly pause: RuleName | null;
  readonly passes: boolean;
};

/** What closing positions whole, at their exit prices, would cost, and what their trades would have made with it. */
export type WayOut = Consequence & { readonly feeUsd: Usd; readonly netUsd: Usd };

export type PositionWayOut = WayOut & {
  readonly instrument: Position['instrument'];
  /** The exit price from which the trade has lost nothing; null where none that can be traded is. */
  readonly breakEvenPrice: Price | null;
};

export type WaysOut = { readonly positions: readonly PositionWayOut[]; readonly all: WayOut };

export const NOTHING_FOLLOWS: Consequence = { breach: null, pause: null, passes: false };

/** No deadline follows from how an account is left, and one that is paused already is not paused by it. */
export function consequenceOf({ standing }: Account, judged: Judgement | Unjudged): Consequence {
  if ('unpriced' in judged) return NOTHING_FOLLOWS;
  const { verdict } = judged;
  return {
    breach: verdict.kind === 'failed' && verdict.broken.kind !== 'deadline' ? verdict.broken.rule : null,
    pause: verdict.kind === 'paused' && !standing.day.isPaused ? verdict.rule : null,
    passes: verdict.kind === 'passed',
  };
}

/**
 * The ways out of an account: of each position alone, and of all. They are taken at the prices that judge, whatever the
 * book behind the best of them would give; a position without a price, or without a place in the catalogue, has none.
 */
export function waysOut(
  rules: RuleSet,
  account: Account,
  marks: Marks,
  instruments: Instruments,
  at: Instant,
): WaysOut {
  const after = (left: Account) => consequenceOf(account, judge(rules, left, marks, at));
  const positions: PositionWayOut[] = [];
  let flat = account;
  let [feeUsd, netUsd] = [ZERO_USD, ZERO_USD];
  for (const position of account.positions) {
    const [quote, instrument] = [marks.get(position.instrument), instruments.get(position.instrument)];
    if (!quote || !instrument) continue;
    const exit = exitPrice(position, quote);
    const cost = { feeUsd: exitFee(position, instrument, exit), netUsd: netAt(position, instrument, exit) };
    const way = { instrument: position.instrument, ...cost, breakEvenPrice: breakEvenPrice(position, instrument) };
    positions.push({ ...way, ...after(closedAt(rules, account, position, instrument, quote, exit, at)) });
    flat = closedAt(rules, flat, position, instrument, quote, exit, at);
    [feeUsd, netUsd] = [addUsd(feeUsd, cost.feeUsd), addUsd(netUsd, cost.netUsd)];
  }
  return { positions, all: { feeUsd, netUsd, ...after(flat) } };
}

/** The account once a position is closed by one order that takes all of it at this price. */
function closedAt(
  rules: RuleSet,
  account: Account,
  { instrument: id, qty }: Position,
  instrument: Instrument,
  state: Pick<Quote, 'sequence' | 'venueProof' | 'venueAt'>,
  exit: Price,
  at: Instant,
): Account {
  const order = { orderId: idOf<OrderId>('closing'), instrument: id, side: qty > 0n ? 'sell' : 'buy' } as const;
  const made = { fillId: idOf<FillId>('closing'), part: 1, liquidity: 'taker', terms: rules.activity, at } as const;
  const { account: after } = fillWith(account, order, instrument, state, [{ price: exit, qty: absolute(qty) }], made);
  return raiseAfterFill(rules, after);
}
