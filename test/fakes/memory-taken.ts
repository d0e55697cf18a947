import type { InstrumentId, OrderId, UserId } from '../../domain/kernel/ids';
import { type Qty, qty } from '../../domain/kernel/money';
import { LEVEL_GONE_AFTER_MS, type Taken, VOLUME_WINDOW_MS } from '../../domain/market/taken';
import type { LevelKeeper, TakenLiquidity, Taking } from '../../usecases/ports/market-data/taken-liquidity';

type Level = { all: bigint; readonly own: Map<UserId, bigint>; lastAt: number };
type Own = { revision: number; readonly trades: { key: string; orderId: OrderId; qty: Qty }[]; readonly volume: At[] };
type At = { readonly at: number; readonly qty: bigint };

/** What is taken, in memory, by a clock that the test turns. */
export class MemoryTaken implements TakenLiquidity, LevelKeeper {
  private readonly levels = new Map<InstrumentId, Map<string, Level>>();
  private readonly owns = new Map<string, Own>();
  private readonly tradedAt = new Map<InstrumentId, At[]>();
  private readonly followedSince = new Map<InstrumentId, number>();

  constructor(
    private readonly nowMs: () => number,
    private readonly goneAfterMs = LEVEL_GONE_AFTER_MS,
  ) {}

  of: TakenLiquidity['of'] = async (userId, ids) => new Map(ids.map((id) => [id, this.takenOf(userId, id)]));

  reserve: TakenLiquidity['reserve'] = async (userId, taking) => {
    const { instrument, revision, levels, trades, volumeQty } = taking;
    const own = this.ownOf(userId, instrument);
    const known = this.levelsOf(instrument);
    const isOver = levels.some(
      ({ key, qty: amount, allMax }) => allMax !== null && (known.get(key)?.all ?? 0n) + amount > allMax,
    );
    if (own.revision !== revision || isOver) return 'overtaken';
    own.revision += 1;
    for (const { key, qty: amount } of levels) {
      const level = known.get(key) ?? { all: 0n, own: new Map(), lastAt: 0 };
      level.all += amount;
      level.own.set(userId, (level.own.get(userId) ?? 0n) + amount);
      level.lastAt = this.nowMs();
      known.set(key, level);
    }
    for (const trade of trades) {
      const before = own.trades.findIndex(({ key, orderId }) => key === trade.key && orderId === trade.orderId);
      if (before >= 0) own.trades.splice(before, 1);
      own.trades.push({ ...trade });
    }
    if (volumeQty > 0n) own.volume.push({ at: this.nowMs(), qty: volumeQty });
    return 'reserved';
  };

  giveBack: TakenLiquidity['giveBack'] = async (userId, { instrument, levels, trades, volumeQty }: Taking) => {
    const own = this.ownOf(userId, instrument);
    own.revision += 1;
    for (const { key, qty: amount } of levels) {
      const level = this.levelsOf(instrument).get(key);
      if (!level) continue;
      level.all -= amount;
      level.own.set(userId, (level.own.get(userId) ?? 0n) - amount);
    }
    for (const trade of trades) {
      const at = own.trades.findIndex(({ key, orderId }) => key === trade.key && orderId === trade.orderId);
      if (at >= 0) own.trades.splice(at, 1);
    }
    if (volumeQty > 0n) own.volume.push({ at: this.nowMs(), qty: -volumeQty });
  };

  known: LevelKeeper['known'] = async (instrument) => {
    if (!this.followedSince.has(instrument)) this.followedSince.set(instrument, this.nowMs());
    return [...this.levelsOf(instrument).keys()];
  };

  forget: LevelKeeper['forget'] = async (instrument, keys) => {
    const known = this.levelsOf(instrument);
    for (const key of keys) {
      if (this.nowMs() - (known.get(key)?.lastAt ?? 0) >= this.goneAfterMs) known.delete(key);
    }
  };

  traded: LevelKeeper['traded'] = async ({ instrument, qty: amount }) => {
    const known = this.tradedAt.get(instrument) ?? [];
    known.push({ at: this.nowMs(), qty: amount });
    this.tradedAt.set(instrument, known);
  };

  private takenOf(userId: UserId, instrument: InstrumentId): Taken {
    const { revision, trades, volume } = this.ownOf(userId, instrument);
    const since = this.followedSince.get(instrument);
    const isKnown = since !== undefined && this.nowMs() - since >= VOLUME_WINDOW_MS;
    const levels = [...this.levelsOf(instrument)].map(
      ([key, { all, own }]) => [key, { all: qty(all), own: qty(own.get(userId) ?? 0n) }] as const,
    );
    const byKey = new Map<string, { orderId: OrderId; qty: Qty }[]>();
    for (const { key, orderId, qty: amount } of trades) {
      byKey.set(key, [...(byKey.get(key) ?? []), { orderId, qty: amount }]);
    }
    return {
      levels: new Map(levels),
      trades: byKey,
      ownVolume: this.sumOf(volume),
      tradedVolume: isKnown ? this.sumOf(this.tradedAt.get(instrument) ?? []) : null,
      revision,
    };
  }

  private sumOf(those: readonly At[]): Qty {
    return qty(those.reduce((sum, one) => (this.nowMs() - one.at < VOLUME_WINDOW_MS ? sum + one.qty : sum), 0n));
  }

  private levelsOf(instrument: InstrumentId): Map<string, Level> {
    const known = this.levels.get(instrument) ?? new Map<string, Level>();
    this.levels.set(instrument, known);
    return known;
  }

  private ownOf(userId: UserId, instrument: InstrumentId): Own {
    const key = `${userId} ${instrument}`;
    const known = this.owns.get(key) ?? { revision: 0, trades: [], volume: [] };
    this.owns.set(key, known);
    return known;
  }
}
