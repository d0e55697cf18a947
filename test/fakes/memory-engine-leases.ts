import type { Instant } from '../../domain/kernel/instant';
import type { Fence } from '../../usecases/ports/accounts/account-store';
import type { EngineLeases } from '../../usecases/ports/operations/engine-leases';
import type { MemoryWorld } from './memory-world';

type Lease = { owner: string | undefined; renewedAt: Instant; seenUntil: Instant | undefined };

/** The epochs are the world's: its account store asks for them. */
export function memoryEngineLeases({ epochs }: Pick<MemoryWorld, 'epochs'>): EngineLeases {
  const leases = new Map<number, Lease>();
  const held = ({ shard, epoch }: Fence, owner: string): Lease | undefined => {
    const lease = leases.get(shard);
    return lease?.owner === owner && epochs.get(shard) === epoch ? lease : undefined;
  };
  return {
    acquire: async (shard, owner, now, expiresAfterMs) => {
      const known = leases.get(shard);
      if (known?.owner !== undefined && known.renewedAt > now - expiresAfterMs) return undefined;
      const epoch = (epochs.get(shard) ?? 0) + 1;
      epochs.set(shard, epoch);
      leases.set(shard, { owner, renewedAt: now, seenUntil: known?.seenUntil });
      return { fence: { shard, epoch }, seenUntil: known?.seenUntil };
    },
    renew: async (fence, owner, now, seenUntil) => {
      const lease = held(fence, owner);
      if (!lease) return false;
      lease.renewedAt = now > lease.renewedAt ? now : lease.renewedAt;
      lease.seenUntil = lease.seenUntil === undefined || seenUntil > lease.seenUntil ? seenUntil : lease.seenUntil;
      return true;
    },
    release: async (fence, owner) => {
      const lease = held(fence, owner);
      if (lease) lease.owner = undefined;
    },
  };
}
