import { isoText, plusMs } from '../../../domain/kernel/instant';
import type { EngineLeases } from '../../../usecases/ports/operations/engine-leases';
import type { Database } from '../connection/database';
import { acquireLease, releaseLease, renewLease } from './engine-lease.sql';

export const makeEngineLeases = (database: Database): EngineLeases => ({
  acquire: async (shard, owner, now, expiresAfterMs) => {
    const expired = isoText(plusMs(now, -expiresAfterMs));
    const [row] = await database.query(acquireLease, [shard, owner, isoText(now), expired]);
    return row && { fence: { shard, epoch: row.epoch }, seenUntil: row.seen_until ?? undefined };
  },
  renew: async ({ shard, epoch }, owner, now, seenUntil) =>
    (await database.write(renewLease, [shard, epoch, owner, isoText(now), isoText(seenUntil)])) > 0,
  release: async ({ shard, epoch }, owner) => {
    await database.write(releaseLease, [shard, epoch, owner]);
  },
});
