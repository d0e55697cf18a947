import type { ServerMessage } from '../../contracts/ws/messages';
import type { Breach } from './account-feed';
import type { Position, Room, RuleName, Rules, Snapshot } from './contract';
import { larger, notional, readPrice, readQty, readUsd, USD_SCALE, writeDecimal } from './decimal';
import type { SeenQuote } from './quotes';

export type Mark = Extract<ServerMessage, { type: 'account-mark' }>['mark'];

/** `usedUsd` of `limitUsd` is lost; `roomUsd` may still be. `floorUsd` is the worth at which no room is left. */
export type Gauge = {
  readonly rule: RuleName;
  readonly limitUsd: bigint;
  readonly usedUsd: bigint;
  readonly floorUsd: bigint | undefined;
};

/** What an account is worth now. `equityUsd` is undefined while a position has no price. */
export type Standing = {
  readonly balanceUsd: bigint;
  readonly equityUsd: bigint | undefined;
  readonly rooms: readonly Gauge[];
};

type Quotes = (instrument: string) => SeenQuote | undefined;

/** What closing now would bring: the bid for a long, the ask for a short; undefined on an empty side. */
export function exitPrice(position: Position, quotes: Quotes): string | undefined {
  const quote = quotes(position.instrument)?.quote;
  const level = readQty(position.qty) > 0n ? quote?.bid : quote?.ask;
  return level?.[0];
}

export function unrealized(position: Position, quotes: Quotes): bigint | undefined {
  const price = exitPrice(position, quotes);
  if (price === undefined) return undefined;
  return notional(readPrice(price), readQty(position.qty)) - readUsd(position.costUsd);
}

/** The average price paid per unit, fees left out, in 8 decimals. */
export function entryPrice(position: Position): bigint {
  const qty = readQty(position.qty);
  return qty === 0n ? 0n : (readUsd(position.costUsd) * 10n ** 10n) / qty;
}

type Known = {
  readonly snapshot: Snapshot;
  readonly mark: Mark | undefined;
  readonly lastEventAt: number;
  /** Equity at the verdict, once there is one. */
  readonly finalUsd: string | undefined;
  readonly breach: Breach | undefined;
};

/**
 * The risk-engine's own mark where it is at least as new as the account's money; else the rooms that were known last,
 * moved to what the account is worth on screen, so that a fill shows at once. After the verdict it stands still.
 */
export function standingOf(known: Known, rules: Rules, quotes: Quotes): Standing {
  const { snapshot, mark, lastEventAt, finalUsd, breach } = known;
  const rooms = (mark?.rooms ?? snapshot.rooms).map(gaugeOf);
  const balanceUsd = readUsd(snapshot.balanceUsd);
  if (finalUsd !== undefined) {
    const equityUsd = readUsd(finalUsd);
    return { balanceUsd, equityUsd, rooms: moved(rooms, rules, equityUsd, balanceUsd).map(brokenBy(breach)) };
  }
  if (mark && mark.at >= lastEventAt) {
    return { balanceUsd: readUsd(mark.balanceUsd), equityUsd: readUsd(mark.equityUsd), rooms };
  }
  const equityUsd = worthOf(snapshot, quotes);
  return { balanceUsd, equityUsd, rooms: moved(rooms, rules, equityUsd ?? balanceUsd, balanceUsd) };
}

const worthOf = ({ balanceUsd, positions }: Snapshot, quotes: Quotes): bigint | undefined =>
  positions.reduce<bigint | undefined>((sum, position) => {
    const gain = unrealized(position, quotes);
    return sum === undefined || gain === undefined ? undefined : sum + gain;
  }, readUsd(balanceUsd));

export const gaugeOf = ({ rule, limitUsd, usedUsd, floorUsd }: Room): Gauge => ({
  rule,
  limitUsd: readUsd(limitUsd),
  usedUsd: larger(readUsd(usedUsd), 0n),
  floorUsd: floorUsd === null ? undefined : readUsd(floorUsd),
});

/**
 * A limit with a floor is used by what lies between its full room and the floor; one of each position stays. The floor
 * of the open loss lies below the balance and moves with it.
 */
const moved = (rooms: readonly Gauge[], rules: Rules, equityUsd: bigint, balanceUsd: bigint): readonly Gauge[] =>
  rooms.map((room) => {
    if (room.floorUsd === undefined) return room;
    if (room.rule === 'open_loss') {
      return { ...room, usedUsd: larger(balanceUsd - equityUsd, 0n), floorUsd: balanceUsd - room.limitUsd };
    }
    const isOnBalance = room.rule === 'max_drawdown' && rules.maxLoss.testedOn === 'balance';
    const leftUsd = (isOnBalance ? balanceUsd : equityUsd) - room.floorUsd;
    return { ...room, usedUsd: larger(room.limitUsd - leftUsd, 0n) };
  });

/** The rule that was broken shows what the verdict says was used of it. */
const brokenBy =
  (breach: Breach | undefined) =>
  (room: Gauge): Gauge =>
    breach?.usedUsd !== undefined && breach.rule === room.rule ? { ...room, usedUsd: readUsd(breach.usedUsd) } : room;

/** Where the maximum drawdown breaks, in dollars. */
export function floorOf({ rooms }: Pick<Standing, 'rooms'>): string | undefined {
  const floorUsd = rooms.find(({ rule }) => rule === 'max_drawdown')?.floorUsd;
  return floorUsd === undefined ? undefined : writeDecimal(floorUsd, USD_SCALE);
}
