import { opposingLevels } from '../../account/orders/liquidity';
import type { Order } from '../../account/orders/order';
import { divide, MILLION, type Ppm, type Qty, qty } from '../../kernel/money';
import type { Book } from '../../market/book';
import type { Instrument } from '../../market/instrument';
import type { Level } from '../../market/level';
import type { Market } from '../../market/market';
import { levelKey, NOTHING_TAKEN, type Taken, type TakenLevel, WHOLE } from '../../market/taken';
import type { DecisionContext } from '../context/decision-context';
import { fillable, heldAgainst } from '../context/fillable';
import { takenSide } from '../context/took';
import type { Execution } from '../rules/rule-set';

/** What of a market an order may have. */
export type LeftFor = {
  /** The book without what was taken of the side that it trades with. */
  readonly book: Book;
  /** The most of it that one who adds risk may have, by what was traded; null: no cap, or nobody knows. */
  readonly volumeQty: Qty | null;
  readonly reduces: boolean;
};

/** Whatever of it fills now, it makes a position smaller. */
export const onlyReducesNow = ({ account }: DecisionContext, order: Order, instrument: Instrument): boolean =>
  heldAgainst(account, order) >= fillable(account, order, instrument);

/**
 * What is left for an order. One that adds risk finds what nobody has taken, or nobody of its person where the tier
 * says so, and its person's share. One that only reduces finds all that its own person has left: no stranger can take
 * the way out of a position.
 */
export function leftFor(
  context: DecisionContext,
  order: Order,
  { instrument, book }: Pick<Market, 'instrument' | 'book'>,
): LeftFor {
  const { execution } = context.rules;
  const taken = context.taken.get(instrument.id) ?? NOTHING_TAKEN;
  const reduces = onlyReducesNow(context, order, instrument);
  const side = takenSide(order.side);
  const shown = opposingLevels(book, order.side);
  // Most books are whole, and then stay the same object.
  const isWhole = taken.levels.size === 0 && (reduces || execution.levelShareMax === MILLION);
  const left = isWhole
    ? shown
    : shown.flatMap((level): readonly Level[] => {
        const of = taken.levels.get(levelKey(side, level.price)) ?? WHOLE;
        const amount = reduces ? level.qty - of.own : mayTake(level.qty, of, execution);
        return amount > 0n ? [{ price: level.price, qty: qty(amount) }] : [];
      });
  return {
    book: isWhole ? book : { ...book, [side]: left },
    volumeQty: reduces ? null : volumeLeft(taken, execution),
    reduces,
  };
}

/** What one who adds risk finds of a level of this size. */
function mayTake(shown: Qty, { all, own }: TakenLevel, { liquidityShared, levelShareMax }: Execution): bigint {
  const free = shown - (liquidityShared === 'all' ? all : own);
  const share = shareOf(shown, levelShareMax) - own;
  return share < free ? share : free;
}

function volumeLeft({ ownVolume, tradedVolume }: Taken, { volumeShareMax }: Execution): Qty | null {
  if (volumeShareMax === null || tradedVolume === null) return null;
  const left = shareOf(tradedVolume, volumeShareMax) - ownVolume;
  return qty(left > 0n ? left : 0n);
}

const shareOf = (amount: Qty, share: Ppm): bigint => divide(amount * share, MILLION, 'floor');

/** No more than the volume allows. */
export const withinVolume = (amount: Qty, { volumeQty }: Pick<LeftFor, 'volumeQty'>): Qty =>
  volumeQty !== null && volumeQty < amount ? volumeQty : amount;
