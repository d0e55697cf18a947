import type { Instant } from '../../domain/kernel/instant';
import type { MarketLeases } from '../../usecases/ports/operations/market-leases';

export function memoryMarketLeases(): MarketLeases {
  const shards = new Map<number, { owner: string; claimedAt: Instant }>();
  const copies = new Map<string, Instant>();
  const isAlive = (claimedAt: Instant, now: Instant, ms: number) => claimedAt > now - ms;
  const later = (one: Instant | undefined, other: Instant) => (one !== undefined && one > other ? one : other);
  return {
    others: async (owner, now, ms) => {
      const theirs = [...shards].filter(([, has]) => has.owner !== owner && isAlive(has.claimedAt, now, ms));
      const seats = [...copies].filter(([copy, at]) => copy !== owner && isAlive(at, now, ms)).map(([copy]) => copy);
      const living = new Set([...seats, ...theirs.map(([, has]) => has.owner)]).size;
      return { living, shards: new Set(theirs.map(([shard]) => shard)) };
    },
    claim: async (owner, wanted, now, ms) => {
      copies.set(owner, later(copies.get(owner), now));
      const got = wanted.filter((shard) => {
        const has = shards.get(shard);
        return !has || has.owner === owner || !isAlive(has.claimedAt, now, ms);
      });
      for (const shard of got) shards.set(shard, { owner, claimedAt: later(shards.get(shard)?.claimedAt, now) });
      return new Set(got);
    },
    release: async (owner, shard) => {
      if (shards.get(shard)?.owner === owner) shards.delete(shard);
    },
    leave: async (owner) => {
      copies.delete(owner);
      for (const [shard, has] of shards) if (has.owner === owner) shards.delete(shard);
    },
  };
}
