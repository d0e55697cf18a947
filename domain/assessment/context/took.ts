import { type Account, positionIn } from '../../account/account';
import type { AccountEvent, OrderFilled } from '../../account/account-event';
import type { Side } from '../../account/orders/order';
import type { InstrumentId } from '../../kernel/ids';
import { absolute, type Qty, qty } from '../../kernel/money';
import { type BookSide, NOTHING_TAKEN, type Taken, type Took, takenAfter } from '../../market/taken';

/** The side of the book that an order takes from. */
export const takenSide = (side: Side): BookSide => (side === 'buy' ? 'asks' : 'bids');

export type TookOf = Took & { readonly instrument: InstrumentId };

/** What the fills among these events took of books and trades, in their order; `before` is the account they happen to. */
export function tookIn(before: Account, events: readonly AccountEvent[]): readonly TookOf[] {
  const held = new Map<InstrumentId, Qty>();
  return events.flatMap((event) => {
    if (event.kind !== 'order_filled') return [];
    const { instrument } = event.fill;
    const was = held.get(instrument) ?? positionIn(before, instrument)?.qty ?? qty(0n);
    const is = event.position?.qty ?? qty(0n);
    held.set(instrument, is);
    return [tookBy(event, isMore(was, is))];
  });
}

/** What a fill took: a taker the levels that it paid, one that rested what it was filled from. */
function tookBy({ fill, tookLevels = [], tookTrades = [] }: OrderFilled, addsRisk: boolean): TookOf {
  const { instrument, side, orderId, liquidity, levels } = fill;
  const taken = liquidity === 'taker' ? levels : tookLevels;
  return { instrument, orderId, side: takenSide(side), levels: taken, trades: tookTrades, addsRisk };
}

/** A position that grew, or went over to the other side. */
const isMore = (was: Qty, is: Qty): boolean =>
  absolute(is) > absolute(was) || (is !== 0n && was !== 0n && is > 0n !== was > 0n);

type TakenOf = ReadonlyMap<InstrumentId, Taken>;

/** What has been taken once the person has had this as well. */
export function takenBy(taken: TakenOf, took: readonly TookOf[]): TakenOf {
  if (took.length === 0) return taken;
  const left = new Map(taken);
  for (const each of took) {
    left.set(each.instrument, takenAfter(left.get(each.instrument) ?? NOTHING_TAKEN, each));
  }
  return left;
}
