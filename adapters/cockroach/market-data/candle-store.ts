import { isoText } from '../../../domain/kernel/instant';
import { qty } from '../../../domain/kernel/money';
import type { CandlePart, CandlePrices } from '../../../domain/market/candles/candle';
import type {
  CandleReader,
  CandleSink,
  KeptPart,
  LastMarks,
  MarkExtremes,
} from '../../../usecases/ports/market-data/candles';
import type { Database } from '../connection/database';
import { type CandleRow, lastMark, markExtremes, newestCandles, putCandles } from './candle.sql';

export const makeCandleStore = (database: Database): CandleSink & CandleReader & LastMarks & MarkExtremes => ({
  put: async (parts) => {
    if (parts.length > 0) await database.write(putCandles, columnsOf(parts));
  },
  newest: async ({ instrument, resolution }, { from, to }, limit) => {
    const values = [instrument, resolution, isoText(from), isoText(to), limit];
    return (await database.query(newestCandles, values)).map(partOf);
  },
  extremes: async (spans) => {
    if (spans.length === 0) return [];
    const rows = await database.query(markExtremes, [
      spans.map((_, nth) => nth),
      spans.map(({ instrument }) => instrument),
      spans.map(({ resolution }) => resolution),
      spans.map(({ from }) => isoText(from)),
      spans.map(({ to }) => isoText(to)),
    ]);
    const found = new Map(rows.map(({ span, low, high }) => [span, { low, high }]));
    return spans.map((_, nth) => found.get(nth));
  },
  lastMark: async (instrument) => (await database.query(lastMark, [instrument]))[0]?.close,
});

const columnsOf = (kept: readonly KeptPart[]): readonly unknown[] => [
  kept.map(({ instrument }) => instrument),
  kept.map(({ resolution }) => resolution),
  kept.map(({ part }) => isoText(part.at)),
  kept.map(({ run }) => run),
  kept.map(({ part }) => part.source),
  kept.map(({ revision }) => revision),
  kept.map(({ part }) => part.prices?.open ?? null),
  kept.map(({ part }) => part.prices?.high ?? null),
  kept.map(({ part }) => part.prices?.low ?? null),
  kept.map(({ part }) => part.prices?.close ?? null),
  kept.map(({ part }) => part.prices && isoText(part.prices.openAt)),
  kept.map(({ part }) => part.prices && isoText(part.prices.closeAt)),
  kept.map(({ part }) => part.volume),
  kept.map(({ part }) => part.trades),
  kept.map(({ part }) => part.isWhole),
];

const partOf = (row: CandleRow): CandlePart => ({
  at: row.at,
  source: row.source,
  prices: pricesOf(row),
  volume: row.volume === null ? null : qty(BigInt(row.volume)),
  trades: row.trades === null ? null : Number(row.trades),
  isWhole: row.is_whole,
});

function pricesOf({ open, high, low, close, open_at, close_at }: CandleRow): CandlePrices | null {
  if (open === null || high === null || low === null || close === null || open_at === null || close_at === null)
    return null;
  return { open, high, low, close, openAt: open_at, closeAt: close_at };
}
