import { formatDecimal } from '../../domain/kernel/decimal';
import { notional, USD_SCALE } from '../../domain/kernel/money';
import type { Breach } from './account-feed';
import type { Mark, Position, Room, RuleName, Rules, Snapshot } from './contract';
import type { SeenQuote } from './quotes';
import { readPrice, readQty, readUsd } from './read-decimal';

/**
 * `usedUsd` of `limitUsd` is lost, and a profit is nothing used. `leftUsd` may be lost yet, getting out paid for: more
 * than the limit for who is ahead, less than nothing where getting out alone would break the rule. `floorUsd` is the
 * worth at which no room is left.
 */
export type Gauge = {
  readonly rule: RuleName;
  readonly limitUsd: bigint;
  readonly usedUsd: bigint;
  readonly leftUsd: bigint;
  readonly floorUsd: bigint | undefined;
};

/** What an account is worth now. `equityUsd` is undefined while a position has no price. */
export type Standing = {
  readonly balanceUsd: bigint;
  readonly equityUsd: bigint | undefined;
  readonly rooms: readonly Gauge[];
};

export type WayOut = Mark['waysOut']['positions'][number];

type Quotes = (instrument: string) => SeenQuote | undefined;

/** What closing now would bring: a long's bid, a short's ask; undefined on a side that is empty, or in doubt. */
export function exitPrice(position: Position, quotes: Quotes): string | undefined {
  const quote = quotes(position.instrument)?.quote;
  const side = readQty(position.qty) > 0n ? 'bid' : 'ask';
  return quote?.doubts?.[side] ? undefined : quote?.[side]?.[0];
}

export function unrealized(position: Position, quotes: Quotes): bigint | undefined {
  const price = exitPrice(position, quotes);
  if (price === undefined) return undefined;
  return notional(readPrice(price), readQty(position.qty), 'floor') - readUsd(position.costUsd);
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
    return {
      balanceUsd,
      equityUsd,
      rooms: moved(rooms, rules, { balanceUsd, equityUsd, feesUsd: 0n }).map(brokenBy(breach)),
    };
  }
  if (mark && mark.at >= lastEventAt) {
    return { balanceUsd: readUsd(mark.balanceUsd), equityUsd: readUsd(mark.equityUsd), rooms };
  }
  const equityUsd = worthOf(snapshot, quotes);
  const feesUsd = exitFees(snapshot, mark);
  return {
    balanceUsd,
    equityUsd,
    rooms: moved(rooms, rules, { balanceUsd, equityUsd: equityUsd ?? balanceUsd, feesUsd }),
  };
}

/** As the last mark had them; of what it does not know, until the next one does, what getting in has cost. */
const exitFees = ({ positions }: Snapshot, mark: Mark | undefined): bigint =>
  positions.reduce((sum, { instrument, feesUsd }) => sum + readUsd(wayOutOf(mark, instrument)?.feeUsd ?? feesUsd), 0n);

/** What closing this position alone would come to. */
export const wayOutOf = (mark: Mark | undefined, instrument: string): WayOut | undefined =>
  mark?.waysOut.positions.find((way) => way.instrument === instrument);

const worthOf = ({ balanceUsd, positions }: Snapshot, quotes: Quotes): bigint | undefined =>
  positions.reduce<bigint | undefined>((sum, position) => {
    const gain = unrealized(position, quotes);
    return sum === undefined || gain === undefined ? undefined : sum + gain;
  }, readUsd(balanceUsd));

/** A profit is nothing used of a limit. */
const atLeastZero = (units: bigint): bigint => (units > 0n ? units : 0n);

export const gaugeOf = ({ rule, limitUsd, usedUsd, leftUsd, floorUsd }: Room): Gauge => ({
  rule,
  limitUsd: readUsd(limitUsd),
  usedUsd: atLeastZero(readUsd(usedUsd)),
  leftUsd: readUsd(leftUsd),
  floorUsd: floorUsd === null ? undefined : readUsd(floorUsd),
});

/** What an account is worth now, and what leaving its positions would cost. */
type Worth = { readonly balanceUsd: bigint; readonly equityUsd: bigint; readonly feesUsd: bigint };

/**
 * A limit with a floor is used by what lies between its full room and the floor; one of each position stays. The floor
 * of the open loss lies below the balance and moves with it.
 */
const moved = (rooms: readonly Gauge[], rules: Rules, { balanceUsd, equityUsd, feesUsd }: Worth): readonly Gauge[] =>
  rooms.map((room) => {
    if (room.floorUsd === undefined) return room;
    if (room.rule === 'open_loss') {
      const openUsd = balanceUsd - equityUsd;
      const leftUsd = room.limitUsd - openUsd;
      return { ...room, usedUsd: atLeastZero(openUsd), leftUsd, floorUsd: balanceUsd - room.limitUsd };
    }
    const isOnBalance = room.rule === 'max_drawdown' && rules.maxLoss.testedOn === 'balance';
    const roomUsd = (isOnBalance ? balanceUsd : equityUsd) - room.floorUsd;
    const outUsd = equityUsd - feesUsd - room.floorUsd;
    const leftUsd = isOnBalance && roomUsd < outUsd ? roomUsd : outUsd;
    return { ...room, usedUsd: atLeastZero(room.limitUsd - roomUsd), leftUsd };
  });

/** The rule that was broken shows what the verdict says was used of it. */
const brokenBy =
  (breach: Breach | undefined) =>
  (room: Gauge): Gauge =>
    breach?.usedUsd !== undefined && breach.rule === room.rule
      ? { ...room, usedUsd: readUsd(breach.usedUsd), leftUsd: room.limitUsd - readUsd(breach.usedUsd) }
      : room;

/** Where the maximum drawdown breaks, in dollars. */
export function floorOf({ rooms }: Pick<Standing, 'rooms'>): string | undefined {
  const floorUsd = rooms.find(({ rule }) => rule === 'max_drawdown')?.floorUsd;
  return floorUsd === undefined ? undefined : formatDecimal(floorUsd, USD_SCALE);
}
