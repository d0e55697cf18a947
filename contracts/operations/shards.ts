import type { AccountId } from '../../domain/kernel/ids';

/** The shard of an account, by which engines share their work: the last digits of its id are random. */
export const shardOf = (id: AccountId, shards: number): number => Number.parseInt(id.slice(-6), 16) % shards;
