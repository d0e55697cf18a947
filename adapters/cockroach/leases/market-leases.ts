import { isoText, plusMs } from '../../../domain/kernel/instant';
import type { MarketLeases } from '../../../usecases/ports/operations/market-leases';
import type { Database } from '../connection/database';
import { claimLeases, leaveMarketLeases, othersLeases, releaseMarketLease } from './market-lease.sql';

/** Nobody who lives has not claimed for so long. */
const LEFT_BEHIND_MS = 3_600_000;

const SHARD = 'shard ';
const placeOf = (shard: number): string => `${SHARD}${shard}`;
/** Where a copy says that it lives. */
const seatOf = (owner: string): string => `copy ${owner}`;

const shardsIn = (rows: readonly { readonly place: string }[]): ReadonlySet<number> =>
  new Set(rows.flatMap(({ place }) => (place.startsWith(SHARD) ? [Number(place.slice(SHARD.length))] : [])));

export const makeMarketLeases = (database: Database): MarketLeases => ({
  others: async (owner, now, expiresAfterMs) => {
    const rows = await database.query(othersLeases, [owner, isoText(plusMs(now, -expiresAfterMs))]);
    return { living: new Set(rows.map((row) => row.owner)).size, shards: shardsIn(rows) };
  },
  claim: async (owner, shards, now, expiresAfterMs) => {
    const places = [seatOf(owner), ...shards.map(placeOf)];
    const expired = isoText(plusMs(now, -expiresAfterMs));
    return shardsIn(await database.query(claimLeases, [places, owner, isoText(now), expired]));
  },
  release: async (owner, shard) => {
    await database.write(releaseMarketLease, [owner, placeOf(shard)]);
  },
  leave: async (owner, now) => {
    await database.write(leaveMarketLeases, [owner, isoText(plusMs(now, -LEFT_BEHIND_MS))]);
  },
});
