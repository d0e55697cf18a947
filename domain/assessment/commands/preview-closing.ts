import { type Account, balanceOf, positionIn } from '../../account/account';
import type { AccountEvent } from '../../account/account-event';
import type { Fill } from '../../account/orders/order';
import type { InstrumentId, OrderId } from '../../kernel/ids';
import { addUsd, type Usd, ZERO_USD } from '../../kernel/money';
import { accept, type Result } from '../../kernel/result';
import { after } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { marksAt } from '../context/marks';
import { judge } from '../judging/judge';
import { correctStops } from '../judging/stop-corrections';
import { atOnce } from '../judging/touched-limits';
import { closeAccount, closePosition } from './close-positions';
import type { OrderRefusal } from './decide-order';
import { netOf } from './planned-fill';
import { type ShownRoom, shownRooms } from './shown-rooms';
import { type Consequence, consequenceOf } from './way-out';

/** A position that would be closed, with the fill that does it. */
export type PreviewedClosing = Pick<Fill, 'instrument' | 'side' | 'price' | 'qty' | 'feeUsd'> & {
  /** What its trade has made by then, every fee included. */
  readonly netUsd: Usd;
};

/** What closing would do now, and what it would leave. Nothing is reserved. */
export type ClosingPreview = Consequence & {
  readonly closings: readonly PreviewedClosing[];
  readonly feeUsd: Usd;
  readonly netUsd: Usd;
  readonly balanceUsd: Usd;
  /** What is left is worth, as far as is known. */
  readonly equityUsd: Usd;
  readonly rooms: readonly ShownRoom[];
  /** What would not be closed, or not whole: its book does not hold it. */
  readonly left: readonly InstrumentId[];
};

/** Closes one position as it would be closed by its trader now. */
export function previewClosing(
  context: DecisionContext,
  instrument: InstrumentId,
  orderId: OrderId,
): Result<ClosingPreview, OrderRefusal> {
  const decided = closePosition(context, instrument, orderId, 'trader');
  return decided.ok ? accept(closingOf(context, decided.value, [])) : decided;
}

/** Cancels every order, then closes all that has a price. */
export function previewClosingAll(context: DecisionContext): Result<ClosingPreview, OrderRefusal> {
  const decided = closeAccount(context);
  if (!decided.ok) return decided;
  const left = after(context, decided.value).account.positions.map(({ instrument }) => instrument);
  return accept(closingOf(context, decided.value, left));
}

function closingOf(
  context: DecisionContext,
  events: readonly AccountEvent[],
  left: readonly InstrumentId[],
): ClosingPreview {
  const { rules, books, at } = context;
  const marks = marksAt(books, at);
  const closed = after(context, events);
  const spared = after(closed, correctStops(rules, closed.account, marks, at));
  const judged = judge(atOnce(rules), spared.account, marks, at);
  const closings = events.flatMap((event) =>
    event.kind === 'order_filled' ? [closingBy(context.account, event.fill)] : [],
  );
  const { equityUsd } = judged;
  return {
    closings,
    feeUsd: closings.reduce((sum, { feeUsd }) => addUsd(sum, feeUsd), ZERO_USD),
    netUsd: closings.reduce((sum, { netUsd }) => addUsd(sum, netUsd), ZERO_USD),
    balanceUsd: balanceOf(closed.account),
    equityUsd,
    rooms: shownRooms(spared, equityUsd, marks),
    left,
    ...consequenceOf(context.account, judged),
  };
}

/** Each position is closed by one fill. */
function closingBy(before: Account, fill: Fill): PreviewedClosing {
  const { instrument, side, price, qty, feeUsd } = fill;
  return { instrument, side, price, qty, feeUsd, netUsd: netOf(positionIn(before, instrument), fill) ?? ZERO_USD };
}
