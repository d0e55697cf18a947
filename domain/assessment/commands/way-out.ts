import type { Account, Marks } from '../../account/account';
import { afterFill } from '../../account/after-fill';
import { type FilledAt, fillOf } from '../../account/fill';
import type { Fill } from '../../account/orders/order';
import { breakEvenPrice, exitFee, netAt } from '../../account/positions/break-even';
import { exitPrice, type Position } from '../../account/positions/position';
import type { RuleName } from '../../account/rule-name';
import { type FillId, idOf, type OrderId } from '../../kernel/ids';
import type { Instant } from '../../kernel/instant';
import { absolute, addUsd, type Price, type Usd, ZERO_USD } from '../../kernel/money';
import { judge } from '../judging/judge';
import type { Judgement } from '../judging/judgement';
import { atOnce } from '../judging/touched-limits';
import type { Shown } from './shown-rooms';

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

/** No deadline follows from how an account is left, and one that is paused already is not paused by it. */
export function consequenceOf({ standing }: Account, { verdict }: Judgement): Consequence {
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
export function waysOut({ rules, account, instruments, at }: Shown, marks: Marks): WaysOut {
  const follows = (left: Account) => consequenceOf(account, judge(atOnce(rules), left, marks, at));
  const positions: PositionWayOut[] = [];
  let flat = account;
  let [feeUsd, netUsd] = [ZERO_USD, ZERO_USD];
  for (const position of account.positions) {
    const [quote, instrument] = [marks.get(position.instrument), instruments.get(position.instrument)];
    const exit = exitPrice(position, quote);
    if (!quote || !instrument || exit === null) continue;
    const cost = { feeUsd: exitFee(position, instrument, exit), netUsd: netAt(position, instrument, exit) };
    const way = { instrument: position.instrument, ...cost, breakEvenPrice: breakEvenPrice(position, instrument) };
    const fill = closingFill(position, { instrument, book: quote }, exit, at);
    positions.push({ ...way, ...follows(afterFill(rules, account, fill)) });
    flat = afterFill(rules, flat, fill);
    [feeUsd, netUsd] = [addUsd(feeUsd, cost.feeUsd), addUsd(netUsd, cost.netUsd)];
  }
  return { positions, all: { feeUsd, netUsd, ...follows(flat) } };
}

/** One order takes all of a position at this price. */
function closingFill(position: Position, where: FilledAt, exit: Price, at: Instant): Fill {
  const { qty } = position;
  const order = { orderId: idOf<OrderId>('closing'), side: qty > 0n ? 'sell' : 'buy' } as const;
  const levels = [{ price: exit, qty: absolute(qty) }];
  const made = { fillId: idOf<FillId>('closing'), part: 1, liquidity: 'taker', levels, at } as const;
  return fillOf({ positions: [position] }, order, where, made);
}
