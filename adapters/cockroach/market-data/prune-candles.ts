import { DAY_MS, type Instant, isoText, plusMs } from '../../../domain/kernel/instant';
import type { Database } from '../connection/database';
import { pruneInBatches } from '../events/prune';
import { pruneCandles } from './candle.sql';

/** For how many days candles are kept: of minutes there are sixty times as many as of hours. */
export type CandlesKept = { readonly minutesDays: number; readonly hoursDays: number };

/** Deletes the oldest in small statements, and answers with how many went. */
export async function pruneOldCandles(
  database: Database,
  now: Instant,
  { minutesDays, hoursDays }: CandlesKept,
): Promise<{ readonly candles: number }> {
  const older = (resolutions: readonly string[], days: number) =>
    pruneInBatches(database, pruneCandles, [resolutions, isoText(plusMs(now, -days * DAY_MS))]);
  const minutes = await older(['1m', '5m', '15m'], minutesDays);
  return { candles: minutes + (await older(['1h', '4h', '1d'], hoursDays)) };
}
