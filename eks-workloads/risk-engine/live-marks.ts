import type { AccountId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import type { AccountSnapshot, EquityPoint, OpenAccounts } from '../../usecases/ports/account-store';
import type { AccountMark, Marks } from '../../usecases/ports/marks';
import type { RiskEngine } from './engine';

type LiveMarksParts = {
  /** Those that watch a shard at the moment. */
  readonly engines: () => readonly RiskEngine[];
  readonly mark: (snapshot: AccountSnapshot, quotes: readonly Quote[], at: Instant) => AccountMark | undefined;
  readonly marks: Pick<Marks, 'publish' | 'watched'>;
  readonly openAccounts: Pick<OpenAccounts, 'recordEquity'>;
  readonly now: () => Instant;
  readonly staleAfterMs: number;
};

/** Somebody who just began to look gets a mark even while prices stand still. */
const MARK_EVERY_MS = 5_000;
const PAGE = 500;

/** What accounts are worth at the prices of now: told to those who look, and recorded as the curve of equity. */
export class LiveMarks {
  private watched: ReadonlySet<AccountId> = new Set();
  private readonly told = new Map<AccountId, AccountMark>();

  constructor(private readonly parts: LiveMarksParts) {}

  async refreshWatched(): Promise<void> {
    this.watched = await this.parts.marks.watched();
    for (const id of this.told.keys()) if (!this.watched.has(id)) this.told.delete(id);
  }

  /** Publishes the marks of watched accounts that are not what was last told. */
  async publish(): Promise<void> {
    const now = this.parts.now();
    for (const id of this.watched) {
      const mark = this.markOf(id, now);
      if (!mark || !isNews(mark, this.told.get(id))) continue;
      this.told.set(id, mark);
      await this.parts.marks.publish(mark);
    }
  }

  /** A point on the equity curve of every account that has something at stake. */
  async recordEquity(): Promise<void> {
    const now = this.parts.now();
    const points: (EquityPoint & { readonly accountId: AccountId })[] = [];
    for (const engine of this.parts.engines()) {
      for (const accountId of engine.watchlist.exposed()) {
        const mark = this.markBy(engine, accountId, now);
        if (mark) points.push({ accountId, at: now, equityUsd: mark.equityUsd, balanceUsd: mark.balanceUsd });
      }
    }
    for (let from = 0; from < points.length; from += PAGE) {
      await this.parts.openAccounts.recordEquity(points.slice(from, from + PAGE));
    }
  }

  private markOf(id: AccountId, now: Instant): AccountMark | undefined {
    const engine = this.parts.engines().find((one) => one.watchlist.table.rowOf(id) !== undefined);
    return engine && this.markBy(engine, id, now);
  }

  private markBy(engine: RiskEngine, id: AccountId, now: Instant): AccountMark | undefined {
    const snapshot = engine.snapshot(id);
    if (!snapshot) return undefined;
    const held = snapshot.account.positions.map(({ instrument }) => instrument);
    const fresh = engine.latestQuotes(held).filter(({ receivedAt }) => now - receivedAt <= this.parts.staleAfterMs);
    return this.parts.mark(snapshot, fresh, now);
  }
}

const isNews = (mark: AccountMark, told: AccountMark | undefined): boolean =>
  told === undefined ||
  mark.at - told.at >= MARK_EVERY_MS ||
  mark.equityUsd !== told.equityUsd ||
  mark.balanceUsd !== told.balanceUsd ||
  mark.deadlines.length !== told.deadlines.length ||
  mark.rooms.some(
    (room, at) => room.roomUsd !== told.rooms[at]?.roomUsd || room.limitUsd !== told.rooms[at]?.limitUsd,
  ) ||
  mark.gates.some((gate, at) => gate.have !== told.gates[at]?.have);
