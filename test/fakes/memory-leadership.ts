import type { Instant } from '../../domain/kernel/instant';
import type { Leadership } from '../../usecases/ports/operations/leadership';

export function memoryLeadership(): Leadership {
  const roles = new Map<string, { owner: string | undefined; claimedAt: Instant }>();
  return {
    claim: async (role, owner, now, expiresAfterMs) => {
      const known = roles.get(role);
      const isFree = known?.owner === undefined || known.owner === owner || known.claimedAt <= now - expiresAfterMs;
      if (!isFree) return false;
      roles.set(role, { owner, claimedAt: known && known.claimedAt > now ? known.claimedAt : now });
      return true;
    },
    resign: async (role, owner) => {
      const known = roles.get(role);
      if (known?.owner === owner) known.owner = undefined;
    },
  };
}
