import { opposingLevels } from '../../domain/account/orders/liquidity';
import type { DecisionContext } from '../../domain/assessment/context/decision-context';
import { type TookOf, tookIn } from '../../domain/assessment/context/took';
import type { InstrumentId } from '../../domain/kernel/ids';
import { type Qty, qty } from '../../domain/kernel/money';
import type { Level } from '../../domain/market/level';
import { listingOf } from '../../domain/market/listing';
import { levelKey, NOTHING_TAKEN, sizeOf, tradeKey } from '../../domain/market/taken';
import type { AccountChange, AccountSnapshot, AccountStore, Fence, Saved } from '../ports/accounts/account-store';
import type { TakenLiquidity, Taking } from '../ports/market-data/taken-liquidity';

export type TakingParts = {
  readonly accounts: Pick<AccountStore, 'save'>;
  readonly taken: Pick<TakenLiquidity, 'reserve' | 'giveBack'>;
};

/** The market that a decision met. */
export type Met = Pick<DecisionContext, 'books' | 'taken' | 'rules'>;

type Saving = {
  readonly snapshot: AccountSnapshot;
  readonly change: AccountChange;
  readonly met: Met;
  readonly fence?: Fence | undefined;
};

/**
 * Saves a change and what its fills take of the venues' books: that is reserved first, and given back where nothing was
 * saved. Stale also if somebody else has had of it meanwhile. What is reserved by one who dies before the save stays
 * taken, as its level stays.
 */
export async function saveTaking(
  { accounts, taken }: TakingParts,
  { snapshot, change, met, fence }: Saving,
): Promise<Saved> {
  const { userId } = snapshot;
  const reserved: Taking[] = [];
  const giveBack = async () => {
    for (const taking of reserved) await taken.giveBack(userId, taking);
  };
  for (const taking of takingsOf(snapshot, change, met)) {
    if ((await taken.reserve(userId, taking)) === 'overtaken') {
      await giveBack();
      return 'stale';
    }
    reserved.push(taking);
  }
  // An error does not say whether it was saved: then it stays reserved.
  const saved = await accounts.save(snapshot, change, fence);
  if (saved !== 'saved') await giveBack();
  return saved;
}

/** What the fills of a change take, one for each instrument: of its listing at the account's venue. */
export function takingsOf(
  { account }: Pick<AccountSnapshot, 'account'>,
  { events }: Pick<AccountChange, 'events'>,
  met: Met,
): readonly Taking[] {
  const byInstrument = new Map<InstrumentId, TookOf[]>();
  for (const took of tookIn(account, events)) {
    if (took.levels.length === 0 && took.trades.length === 0) continue;
    byInstrument.set(took.instrument, [...(byInstrument.get(took.instrument) ?? []), took]);
  }
  return [...byInstrument].map(([instrument, those]) => takingOf(instrument, those, met));
}

function takingOf(instrument: InstrumentId, those: readonly TookOf[], { books, taken, rules }: Met): Taking {
  const isShared = rules.execution.liquidityShared === 'all';
  const book = books.get(instrument);
  const levels = new Map<string, { qty: Qty; allMax: Qty | null }>();
  for (const { side, levels: took, addsRisk } of those) {
    const shown = book ? opposingLevels(book, side === 'asks' ? 'buy' : 'sell') : [];
    for (const { price, qty: amount } of took) {
      const key = levelKey(side, price);
      const known = levels.get(key);
      levels.set(key, {
        qty: qty((known?.qty ?? 0n) + amount),
        allMax: addsRisk && isShared ? shownAt(shown, price) : (known?.allMax ?? null),
      });
    }
  }
  return {
    instrument: listingOf(instrument, rules.execution.primary),
    revision: (taken.get(instrument) ?? NOTHING_TAKEN).revision,
    levels: [...levels].map(([key, level]) => ({ key, ...level })),
    trades: those.flatMap(({ side, trades, orderId }) =>
      trades.map(({ tradeId, qty: amount }) => ({ key: tradeKey(side, tradeId), orderId, qty: amount })),
    ),
    volumeQty: qty(those.reduce((sum, each) => sum + (each.addsRisk ? sizeOf(each.levels) : 0n), 0n)),
  };
}

const shownAt = (levels: readonly Level[], price: Level['price']): Qty =>
  levels.find((level) => level.price === price)?.qty ?? qty(0n);
