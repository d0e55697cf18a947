import type { InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import { coinOf, listedIn } from '../../domain/market/listing';
import { countedMarket } from '../../domain/market/taken';
import type { MarketLeases } from '../../usecases/ports/operations/market-leases';

/**
 * The shard of an instrument, by which the copies of market-data share theirs (FNV-1a). All pairs and venues of a coin
 * and both outcomes of a market are in one: they are judged by one another.
 */
export function marketShardOf(instrument: InstrumentId, shards: number): number {
  const name = countedMarket(coinOf(listedIn(instrument)));
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % shards;
}

/** What begins and ends with a shard. */
export type ShardWork = {
  readonly open: (shard: number) => void;
  /** Nothing of it is told any more; resolves when what was under way has ended. */
  readonly pause: (shard: number) => Promise<void>;
};

type MarketShardsParts = {
  readonly leases: MarketLeases;
  /** This run of this copy: whoever is started in its place is another. */
  readonly owner: string;
  readonly shards: number;
  readonly now: () => Instant;
  /** Milliseconds of a clock that nobody sets, and that goes on while the process stands still. */
  readonly elapsed: () => number;
  readonly onFailure: (error: unknown, what: string) => void;
};

/** Then another copy takes over; with the half second in which it looks, prices are missed for four seconds. */
const EXPIRES_AFTER_MS = 3_500;
/** A lease is relied on for less, by as much as the clocks of two copies may differ. */
const RELIED_ON_MS = 2_800;

/**
 * The shards of the instruments that this copy tells. It takes its share of those that nobody has, all while it is
 * alone, and gives back what is more than its share once another lives. What it could not renew in time it does not
 * tell, whoever may have it (docs/adr/0058).
 */
export class MarketShards {
  /** Until when each may be told, by `elapsed`. */
  private readonly held = new Map<number, number>();
  private readonly leaving = new Set<number>();
  private readonly known = new Map<InstrumentId, number>();
  private work: ShardWork | undefined;

  constructor(private readonly parts: MarketShardsParts) {}

  begin(work: ShardWork): void {
    this.work = work;
  }

  /** How many it may tell now. */
  get count(): number {
    return [...this.held.keys()].filter(this.isHeld).length;
  }

  readonly shardOf = (instrument: InstrumentId): number => {
    const known = this.known.get(instrument);
    if (known !== undefined) return known;
    const shard = marketShardOf(instrument, this.parts.shards);
    this.known.set(instrument, shard);
    return shard;
  };

  /** Whether the shard may be told this moment: asked before each telling, since a process may have stood still. */
  readonly isHeld = (shard: number): boolean => (this.held.get(shard) ?? 0) > this.parts.elapsed();

  readonly isMine = (instrument: InstrumentId): boolean => this.isHeld(this.shardOf(instrument));

  /** Run each half second. */
  readonly tend = async (): Promise<void> => {
    const { leases, owner, now, elapsed } = this.parts;
    this.drop([...this.held.keys()].filter((shard) => !this.isHeld(shard)));
    const others = await leases.others(owner, now(), EXPIRES_AFTER_MS);
    const share = Math.ceil(this.parts.shards / (others.living + 1));
    for (const shard of [...this.held.keys()].slice(share)) void this.giveBack(shard);
    const mine = [...this.held.keys()];
    const wanted = [...mine, ...this.free(others.shards).slice(0, share - mine.length)];
    const askedAt = elapsed();
    const got = await leases.claim(owner, wanted, now(), EXPIRES_AFTER_MS);
    this.drop(wanted.filter((shard) => this.held.has(shard) && !(got.has(shard) && this.isHeld(shard))));
    for (const shard of got) this.hold(shard, askedAt + RELIED_ON_MS);
  };

  /** Ends the work, then leaves all of it, so that nobody need wait for the leases to expire. */
  async close(): Promise<void> {
    const held = [...this.held.keys()];
    this.held.clear();
    await Promise.all(held.map((shard) => this.work?.pause(shard)));
    await this.parts.leases.leave(this.parts.owner, this.parts.now());
  }

  private free(taken: ReadonlySet<number>): readonly number[] {
    const all = Array.from({ length: this.parts.shards }, (_, shard) => shard);
    return all.filter((shard) => !taken.has(shard) && !this.held.has(shard) && !this.leaving.has(shard));
  }

  private hold(shard: number, until: number): void {
    // The answer may have come too late to be relied on.
    if (until <= this.parts.elapsed()) return;
    const isNew = !this.held.has(shard);
    this.held.set(shard, until);
    if (isNew) this.work?.open(shard);
  }

  /** Somebody else may have told them meanwhile: whoever goes on asks what was told last. */
  private drop(shards: readonly number[]): void {
    for (const shard of shards) {
      this.held.delete(shard);
      this.parts.onFailure(new Error(`the lease of shard ${shard} was not renewed in time`), 'a lease was lost');
      void this.work?.pause(shard);
    }
  }

  private async giveBack(shard: number): Promise<void> {
    const { leases, owner, onFailure } = this.parts;
    this.held.delete(shard);
    this.leaving.add(shard);
    try {
      await this.work?.pause(shard);
      await leases.release(owner, shard);
    } catch (error) {
      onFailure(error, `shard ${shard} was not given back: its lease expires`);
    } finally {
      this.leaving.delete(shard);
    }
  }
}
