import type { Instant } from '../../domain/kernel/instant';
import type { Fence } from '../../usecases/ports/accounts/account-store';
import type { EngineLeases } from '../../usecases/ports/operations/engine-leases';

/** A shard at work. */
export type ShardWorker = {
  /** Every quote received until then has been judged; undefined while there is none. */
  readonly judgedUntil: () => Instant | undefined;
  readonly stop: () => Promise<void>;
};

type ShardsParts = {
  readonly leases: EngineLeases;
  readonly owner: string;
  readonly shards: number;
  /** How many of them one process takes at most. */
  readonly mine: number;
  readonly now: () => Instant;
  /** Begins to watch a shard, from what its owner before had judged. */
  readonly start: (fence: Fence, seenUntil: Instant | undefined) => Promise<ShardWorker>;
  readonly onFailure: (error: unknown, what: string) => void;
};

/** Three renewals may fail; then somebody else takes over, so that limits are not left unwatched. */
const EXPIRES_AFTER_MS = 7_000;

/** Takes shards that nobody watches, keeps their leases, and lets go of what somebody else has taken. */
export class Shards {
  private readonly held = new Map<
    number,
    { readonly fence: Fence; readonly worker: ShardWorker; seenUntil: Instant }
  >();

  constructor(private readonly parts: ShardsParts) {}

  /** Run every few seconds. */
  async tend(): Promise<void> {
    await this.renew();
    for (let shard = 0; shard < this.parts.shards && this.held.size < this.parts.mine; shard++) {
      if (!this.held.has(shard)) await this.take(shard);
    }
  }

  /** The next owner need not wait for the leases to expire. */
  async close(): Promise<void> {
    await this.renew();
    for (const [shard, { fence, worker }] of [...this.held]) {
      this.held.delete(shard);
      await worker.stop();
      await this.parts.leases.release(fence, this.parts.owner);
    }
  }

  private async take(shard: number): Promise<void> {
    const { leases, owner, now, start } = this.parts;
    const at = now();
    const lease = await leases.acquire(shard, owner, at, EXPIRES_AFTER_MS);
    if (!lease) return;
    const { fence, seenUntil } = lease;
    // The successor of the very first owner then reads from this instant on, even if that owner ends at once.
    if (seenUntil === undefined) await leases.renew(fence, owner, at, at);
    const worker = await start(fence, seenUntil);
    this.held.set(shard, { fence, worker, seenUntil: seenUntil ?? at });
  }

  private async renew(): Promise<void> {
    const { leases, owner, now, onFailure } = this.parts;
    for (const [shard, held] of [...this.held]) {
      held.seenUntil = held.worker.judgedUntil() ?? held.seenUntil;
      if (await leases.renew(held.fence, owner, now(), held.seenUntil)) continue;
      this.held.delete(shard);
      onFailure(new Error(`shard ${shard} belongs to somebody else now`), 'a lease was lost');
      await held.worker.stop();
    }
  }
}
