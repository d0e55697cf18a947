import { type Instant, instant } from '../../kernel/instant';

/** How long a candle lasts. Each is a whole number of those before it, so that fine ones add up to coarse ones. */
export type Resolution = '1s' | '1m' | '5m' | '15m' | '1h' | '4h' | '1d';

export const RESOLUTIONS: readonly Resolution[] = ['1s', '1m', '5m', '15m', '1h', '4h', '1d'];

export const RESOLUTION_MS: Readonly<Record<Resolution, number>> = {
  '1s': 1_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
};

/**
 * The first instant of the bucket that an instant lies in. Buckets are cut in UTC: no zone's summer time makes an hour or
 * a day longer, and a leap second is, as in all of Unix time, the second before it once more.
 */
export const bucketAt = (at: Instant, resolution: Resolution): Instant =>
  instant(Math.floor(at / RESOLUTION_MS[resolution]) * RESOLUTION_MS[resolution]);
