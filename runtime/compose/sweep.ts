import { makeDeadLetters } from '../../adapters/cockroach/events/dead-letter-store';
import { prune } from '../../adapters/cockroach/events/prune';
import { pruneIdentity } from '../../adapters/cockroach/identity/prune-identity';
import { pruneOldCandles } from '../../adapters/cockroach/market-data/prune-candles';
import { pruneStudies } from '../../adapters/cockroach/studies/prune-studies';
import { readConfig } from '../config';
import { functionDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';

/**
 * Deletes what nobody will ask for again; answers with how many rows went from where, and how many dead letters wait:
 * the alarm for dead letters counts them.
 */
export async function sweepAll(): Promise<Readonly<Record<string, number>>> {
  const database = await functionDatabase();
  const now = systemClock.now();
  const config = readConfig('CANDLE_MINUTES_KEPT_DAYS', 'CANDLE_HOURS_KEPT_DAYS');
  const kept = { minutesDays: config.CANDLE_MINUTES_KEPT_DAYS, hoursDays: config.CANDLE_HOURS_KEPT_DAYS };
  const lettersWaiting = await makeDeadLetters(database, uuidIds).waiting();
  return {
    ...(await prune(database, now)),
    ...(await pruneIdentity(database, now)),
    ...(await pruneOldCandles(database, now, kept)),
    ...(await pruneStudies(database, now)),
    lettersWaiting,
  };
}
