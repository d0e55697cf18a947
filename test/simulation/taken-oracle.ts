import { positionIn } from '../../domain/account/account';
import type { Fill } from '../../domain/account/orders/order';
import type { InstrumentId, UserId } from '../../domain/kernel/ids';
import { absolute, divide, MILLION } from '../../domain/kernel/money';
import type { Book } from '../../domain/market/book';
import type { Level } from '../../domain/market/level';
import type { History, SavedChange } from './history';
import type { Findings } from './oracles';

/** A level from when it was first taken until the venue no longer shows it and nobody has taken of it for a minute. */
type Standing = { shown: bigint; all: bigint; readonly own: Map<UserId, bigint>; lastAt: number };

const GONE_AFTER_MS = 60_000;

/**
 * O7: all accounts together never had more of a level, by fills that added risk, than the venue showed of it while it
 * stood; and no person more than the share that the tier allows. Accounts that share by person are held to the latter.
 */
export function takenFindings({ timeline }: History): Findings {
  const levels = new Map<string, Standing>();
  const books = new Map<string, Book>();
  return timeline.flatMap((moment): Findings => {
    if ('change' in moment) return fillsOf(moment).flatMap((one) => take(one, moment));
    books.set(`${moment.instrument} ${moment.sequence}`, moment);
    if (moment.quality === 'good') lookAt(moment);
    return [];
  });

  function lookAt(book: Book): void {
    for (const [key, level] of levels) {
      const [instrument, side, price] = key.split(' ');
      if (instrument !== book.instrument) continue;
      const shown = (side === 'buy' ? book.asks : book.bids).find((one) => `${one.price}` === price)?.qty;
      if (shown === undefined && book.receivedAt - level.lastAt >= GONE_AFTER_MS) levels.delete(key);
      if (shown !== undefined && shown > level.shown) level.shown = shown;
    }
  }

  function take({ fill, took, addsRisk }: Taken, { before: { userId, rules } }: SavedChange): Findings {
    const { instrument, side } = fill;
    const book = books.get(`${instrument} ${fill.bookSequence}`);
    const { liquidityShared, levelShareMax } = rules.execution;
    return took.flatMap(({ price, qty }) => {
      const key = `${instrument} ${side} ${price}`;
      const level = levels.get(key) ?? { shown: 0n, all: 0n, own: new Map<UserId, bigint>(), lastAt: 0 };
      levels.set(key, level);
      const shown = (side === 'buy' ? book?.asks : book?.bids)?.find((one) => one.price === price)?.qty ?? 0n;
      if (shown > level.shown) level.shown = shown;
      if (fill.filledAt > level.lastAt) level.lastAt = fill.filledAt;
      const own = (level.own.get(userId) ?? 0n) + (addsRisk ? qty : 0n);
      level.own.set(userId, own);
      const isShared = addsRisk && liquidityShared === 'all';
      if (isShared) level.all += qty;
      const share = divide(level.shown * levelShareMax, MILLION, 'floor');
      return [
        ...(isShared && level.all > level.shown ? [`O7: ${level.all} of ${level.shown} were taken of ${key}`] : []),
        ...(addsRisk && own > share ? [`O7: ${userId} took ${own} of ${key}, and may take ${share}`] : []),
      ];
    });
  }
}

type Taken = { readonly fill: Fill; readonly took: readonly Level[]; readonly addsRisk: boolean };

function fillsOf({ before, change }: SavedChange): readonly Taken[] {
  const held = new Map<InstrumentId, bigint>();
  return change.events.flatMap((event) => {
    if (event.kind !== 'order_filled') return [];
    const { fill, tookLevels = [] } = event;
    const was = held.get(fill.instrument) ?? positionIn(before.account, fill.instrument)?.qty ?? 0n;
    const is = was + (fill.side === 'buy' ? fill.qty : -fill.qty);
    held.set(fill.instrument, is);
    const isOver = was !== 0n && is !== 0n && was > 0n !== is > 0n;
    const took = fill.liquidity === 'taker' ? fill.levels : tookLevels;
    return [{ fill, took, addsRisk: isOver || absolute(is) > absolute(was) }];
  });
}
