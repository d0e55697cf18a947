import type { Instant } from '../../../domain/kernel/instant';
import { ONE_DOLLAR_PRICE, type Price, parsePrice, parseQty, type Qty } from '../../../domain/kernel/money';
import { bucketAt, RESOLUTION_MS, type Resolution } from '../../../domain/market/candles/resolution';
import type { Instrument } from '../../../domain/market/instrument';
import type { CandleRange, VenueAnswer, VenueCandle } from '../../../usecases/ports/market-data/candles';
import { RestRefused, type VenueRest } from '../rest';

/** A bucket as a venue writes it. What its history does not have is left out. */
export type WireCandle = {
  readonly at: Instant;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume?: string | undefined;
  readonly trades?: number | undefined;
};

/** What was asked, and now: a bucket that is not over is no candle yet. */
export type Asked = {
  readonly instrument: Pick<Instrument, 'kind'>;
  readonly resolution: Resolution;
  readonly range: CandleRange;
  readonly now: Instant;
};

/** The venue answers, and has no such history. */
export const NO_HISTORY: VenueAnswer = { candles: [], refused: 1 };

const NONE_THERE: ReadonlySet<number> = new Set([400, 404]);

/** What the venue answers at a path; undefined where it knows no such market, or not that far back. */
export async function historyAt(rest: VenueRest, path: string): Promise<unknown> {
  try {
    return await rest.json(path);
  } catch (error) {
    if (error instanceof RestRefused && NONE_THERE.has(error.status)) return undefined;
    throw error;
  }
}

/**
 * A venue's candles in our words. Of what it sends beside the range, or of a bucket that is not over, nothing is made;
 * what cannot be right is counted and left out: a chart would show it, and nobody could tell.
 */
export function venueAnswer(wires: readonly (WireCandle | undefined)[], asked: Asked): VenueAnswer {
  const { range, resolution, now } = asked;
  const over = now - RESOLUTION_MS[resolution];
  const wanted = wires.filter((wire) => !wire || (wire.at >= range.from && wire.at < range.to && wire.at <= over));
  const candles = wanted.flatMap((wire) => (wire && candleOf(wire, asked)) ?? []);
  const byStart = new Map(candles.map((candle) => [candle.at, candle]));
  return {
    candles: [...byStart.values()].sort((a, b) => a.at - b.at),
    refused: wanted.length - candles.length,
  };
}

function candleOf(wire: WireCandle, { instrument, resolution }: Asked): VenueCandle | undefined {
  const { at, trades } = wire;
  const [open, high, low, close] = [wire.open, wire.high, wire.low, wire.close].map(priceOf);
  const volume = wire.volume === undefined ? null : qtyOf(wire.volume);
  if (open === undefined || high === undefined || low === undefined || close === undefined || volume === undefined)
    return undefined;
  const isOrdered = low > 0n && low <= open && low <= close && open <= high && close <= high;
  const isPossible = instrument.kind === 'spot' || high < ONE_DOLLAR_PRICE;
  const isCounted = trades === undefined || (Number.isSafeInteger(trades) && trades >= 0);
  if (!isOrdered || !isPossible || !isCounted || bucketAt(at, resolution) !== at) return undefined;
  const prices = { open, high, low, close, openAt: at, closeAt: at };
  return { at, prices, volume, trades: trades ?? null };
}

/** A price with more decimals than we keep is cut: it is drawn. */
const priceOf = (text: string): Price | undefined => parsePrice(cut(text));

function qtyOf(text: string): Qty | undefined {
  const amount = parseQty(cut(text));
  return amount !== undefined && amount >= 0n ? amount : undefined;
}

const cut = (text: string): string => text.replace(/^(-?\d+\.\d{8})\d+$/, '$1');
