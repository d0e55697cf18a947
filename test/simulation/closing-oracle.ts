import type { Account } from '../../domain/account/account';
import type { Position } from '../../domain/account/positions/position';
import { STALE_AFTER_MS } from '../../domain/assessment/context/decision-context';
import type { Verdict } from '../../domain/assessment/judging/judgement';
import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { absolute } from '../../domain/kernel/money';
import { isFresh } from '../../domain/market/book';
import { undoubted } from '../../domain/market/doubt';
import { levelKey, type Taken } from '../../domain/market/taken';
import type { Market } from './market';

/** What there is to close with: the books of `market` at `at`, less what the person has taken of them. */
export type Exits = {
  readonly market: Pick<Market, 'book' | 'entry'>;
  readonly taken: ReadonlyMap<InstrumentId, Taken>;
  readonly at: Instant;
};

/** Whether what the verdict asks for has been done: what the books do not take of a position now is closed later. */
export function isDone(verdict: Verdict, account: Account, exits: Exits): boolean {
  const left = (held: readonly Position[]) => held.some((position) => leavable(position, exits) > 0n);
  switch (verdict.kind) {
    case 'open':
      return true;
    case 'close':
      return !left(account.positions.filter(({ instrument }) => verdict.instruments.includes(instrument)));
    case 'paused': {
      const isTold = account.standing.day.isPaused && account.orders.length === 0;
      return verdict.closes && isTold && !left(account.positions);
    }
    case 'failed':
    case 'passed':
      return false;
  }
}

/** How much of a position its book takes within 5 % of the best price that is left, in whole steps or all of it. */
function leavable({ instrument, qty }: Position, { market, taken, at }: Exits): bigint {
  const [book, entry] = [market.book(instrument), market.entry(instrument)];
  const isTradable = book?.quality === 'good' && isFresh(book.receivedAt, at, STALE_AFTER_MS);
  if (!isTradable || entry?.status !== 'open') return 0n;
  const side = qty > 0n ? 'bids' : 'asks';
  const left = undoubted(book)[side].flatMap((level) => {
    const own = taken.get(instrument)?.levels.get(levelKey(side, level.price))?.own ?? 0n;
    return level.qty > own ? [{ price: level.price, qty: level.qty - own }] : [];
  });
  const best = left[0]?.price ?? 0n;
  const near = left.filter(({ price }) => (price > best ? price - best : best - price) * 20n <= best);
  const sum = near.reduce((total, level) => total + level.qty, 0n);
  return sum >= absolute(qty) ? absolute(qty) : sum - (sum % entry.qtyStep);
}
