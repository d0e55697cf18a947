import { signedQty } from '../../account/positions/position';
import type { TradeMoves } from '../../account/positions/round-trip';
import type { InstrumentId } from '../../kernel/ids';
import { DAY_MS, type Instant, instant } from '../../kernel/instant';
import {
  absolute,
  addUsd,
  largerUsd,
  notional,
  type Price,
  type Qty,
  qty,
  smallerUsd,
  subUsd,
  type Usd,
  usd,
  ZERO_USD,
} from '../../kernel/money';
import type { CandlePrices } from '../../market/candles/candle';
import { bucketAt, RESOLUTION_MS, type Resolution } from '../../market/candles/resolution';

/** Candles of which every one lies within a time in which a trade held the same. */
export type HeldSpan = {
  readonly instrument: InstrumentId;
  readonly resolution: Resolution;
  /** Buckets that begin at `from` or later and before `to`. */
  readonly from: Instant;
  readonly to: Instant;
  /** Below zero: short. */
  readonly held: Qty;
  /** What the trade had brought by then, fees paid so far taken off. */
  readonly bankedUsd: Usd;
};

export type PriceExtremes = Pick<CandlePrices, 'low' | 'high'>;

export type Excursion = { readonly worstUsd: Usd; readonly bestUsd: Usd };

/**
 * The times between the moves of a trade: by minutes, or by hours where it stood for longer than a day. Candles that
 * the trade was not open in from beginning to end are left out: what they show may have been before it or after. None
 * of a trade that began or ended by a move which turned a position around, since that move is not its own alone.
 */
export function heldSpans({ moves }: TradeMoves): readonly HeldSpan[] {
  if (moves.reduce((sum, move) => sum + signedQty(move), 0n) !== 0n) return [];
  const spans: HeldSpan[] = [];
  let held = 0n;
  let bankedUsd = ZERO_USD;
  for (const [nth, move] of moves.entries()) {
    held += signedQty(move);
    bankedUsd = addUsd(bankedUsd, subUsd(move.cashUsd, move.feeUsd));
    const next = moves[nth + 1];
    const within = next && bucketsWithin(move.filledAt, next.filledAt);
    if (within) spans.push({ instrument: move.instrument, ...within, held: qty(held), bankedUsd });
  }
  return spans;
}

function bucketsWithin(since: Instant, until: Instant): Pick<HeldSpan, 'resolution' | 'from' | 'to'> | undefined {
  const resolution = until - since > DAY_MS ? '1h' : '1m';
  const from = bucketAt(instant(since + RESOLUTION_MS[resolution] - 1), resolution);
  const to = bucketAt(until, resolution);
  return from < to ? { resolution, from, to } : undefined;
}

/**
 * The worst and the best that a trade stood at, as far as prices of its spans are known: what it had brought, and what
 * it held at the price, rounded down. Null where none is known.
 */
export function excursionOf(
  spans: readonly { readonly span: HeldSpan; readonly extremes: PriceExtremes | undefined }[],
): Excursion | null {
  let known: Excursion | null = null;
  for (const { span, extremes } of spans) {
    if (!extremes) continue;
    const [one, other] = [standsAt(span, extremes.low), standsAt(span, extremes.high)];
    const [worstUsd, bestUsd] = [smallerUsd(one, other), largerUsd(one, other)];
    known = known
      ? { worstUsd: smallerUsd(known.worstUsd, worstUsd), bestUsd: largerUsd(known.bestUsd, bestUsd) }
      : { worstUsd, bestUsd };
  }
  return known;
}

function standsAt({ held, bankedUsd }: HeldSpan, at: Price): Usd {
  const worth = notional(at, absolute(held), held < 0n ? 'ceil' : 'floor');
  return addUsd(bankedUsd, held < 0n ? usd(-worth) : worth);
}
