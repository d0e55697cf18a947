import type { AccountId, InstrumentId } from '../../domain/kernel/ids';
import type { Instant } from '../../domain/kernel/instant';
import type { Quote } from '../../domain/market/book';
import type { Instrument } from '../../domain/market/instrument';
import { PRIMARIES, type Primary } from '../../domain/market/listing';
import { listedOf } from '../../usecases/market-data/listed-of';
import type { AccountMark, AccountMarks } from '../../usecases/ports/accounts/account-marks';
import type { AccountSnapshot, OpenAccounts } from '../../usecases/ports/accounts/account-store';
import type { InstrumentSource } from '../../usecases/ports/market-data/market-data';
import type { RiskEngine } from './engine';
import type { RecordedPoint } from './selection/equity-path';

type LiveMarksParts = {
  /** The engines of the shards that this process watches now. */
  readonly engines: () => readonly RiskEngine[];
  readonly mark: (
    snapshot: AccountSnapshot,
    quotes: readonly Quote[],
    at: Instant,
    instruments: ReadonlyMap<InstrumentId, Instrument>,
  ) => AccountMark;
  readonly catalogue: Pick<InstrumentSource, 'list'>;
  readonly marks: Pick<AccountMarks, 'publish' | 'watched'>;
  readonly openAccounts: Pick<OpenAccounts, 'recordEquity'>;
  readonly now: () => Instant;
};

/** Somebody who just began to look gets a mark even while prices stand still. */
const MARK_EVERY_MS = 5_000;
const PAGE = 500;

/** What accounts are worth at the prices of now: told to those who look, and recorded as the curve of equity. */
export class LiveMarks {
  private watched: ReadonlySet<AccountId> = new Set();
  private readonly told = new Map<AccountId, AccountMark>();
  /** Instruments by id as each venue lists them, for the fees of closing. */
  private catalogues: ReadonlyMap<Primary, ReadonlyMap<InstrumentId, Instrument>> = new Map();

  constructor(private readonly parts: LiveMarksParts) {}

  async refreshWatched(): Promise<void> {
    this.watched = await this.parts.marks.watched();
    for (const id of this.told.keys()) if (!this.watched.has(id)) this.told.delete(id);
  }

  /** Publishes the marks of watched accounts that are not what was last told. */
  async publish(): Promise<void> {
    const now = this.parts.now();
    if (this.isNewcomerHeld()) await this.refreshCatalogue();
    for (const id of this.watched) {
      const mark = this.markOf(id, now);
      if (!mark || !isNews(mark, this.told.get(id))) continue;
      this.told.set(id, mark);
      await this.parts.marks.publish(mark);
    }
  }

  /** Records the equity of every account with positions, as it is now and at its turning points since the last call. */
  async recordEquity(): Promise<void> {
    const now = this.parts.now();
    const page = new Map<string, RecordedPoint>();
    const flush = async () => {
      const points = [...page.values()];
      page.clear();
      if (points.length > 0) await this.parts.openAccounts.recordEquity(points);
    };
    for (const engine of this.parts.engines()) {
      for (const points of engine.watchlist.equityPoints(now)) {
        for (const point of points) page.set(`${point.accountId} ${point.at}`, point);
        // Each page is awaited, so that quotes are judged in between.
        if (page.size >= PAGE) await flush();
      }
    }
    await flush();
  }

  /** Called at intervals, and whenever an account holds an instrument that the catalogue lacks. */
  async refreshCatalogue(): Promise<void> {
    const all = await this.parts.catalogue.list();
    const byId = (listed: readonly Instrument[]) => new Map(listed.map((instrument) => [instrument.id, instrument]));
    this.catalogues = new Map(PRIMARIES.map((primary) => [primary, byId(listedOf(all, primary))]));
  }

  private isNewcomerHeld(): boolean {
    for (const id of this.watched) {
      const known = this.engineOf(id)?.snapshot(id);
      if (known?.account.positions.some(({ instrument }) => !this.listedFor(known).has(instrument))) return true;
    }
    return false;
  }

  private engineOf(id: AccountId): RiskEngine | undefined {
    return this.parts.engines().find((one) => one.watchlist.table.rowOf(id) !== undefined);
  }

  private markOf(id: AccountId, now: Instant): AccountMark | undefined {
    const engine = this.engineOf(id);
    return engine && this.markBy(engine, id, now);
  }

  private markBy(engine: RiskEngine, id: AccountId, now: Instant): AccountMark | undefined {
    const snapshot = engine.snapshot(id);
    if (!snapshot) return undefined;
    const held = snapshot.account.positions.map(({ instrument }) => instrument);
    return this.parts.mark(snapshot, engine.watchlist.marksNow(held, now), now, this.listedFor(snapshot));
  }

  private listedFor({ rules }: AccountSnapshot): ReadonlyMap<InstrumentId, Instrument> {
    return this.catalogues.get(rules.execution.primary) ?? new Map();
  }
}

const isNews = (mark: AccountMark, told: AccountMark | undefined): boolean =>
  told === undefined ||
  mark.at - told.at >= MARK_EVERY_MS ||
  mark.equityUsd !== told.equityUsd ||
  mark.worstUsd !== told.worstUsd ||
  mark.bestUsd !== told.bestUsd ||
  mark.balanceUsd !== told.balanceUsd ||
  mark.waysOut.all.feeUsd !== told.waysOut.all.feeUsd ||
  mark.deadlines.length !== told.deadlines.length ||
  mark.rooms.some(
    (room, at) => room.roomUsd !== told.rooms[at]?.roomUsd || room.limitUsd !== told.rooms[at]?.limitUsd,
  ) ||
  mark.gates.some((gate, at) => gate.have !== told.gates[at]?.have);
