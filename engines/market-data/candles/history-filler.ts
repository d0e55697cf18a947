import { type Instant, plusMs } from '../../../domain/kernel/instant';
import type { Instrument, Venue } from '../../../domain/market/instrument';
import { type Filled, type HistoryWindow, historyWindows } from '../../../usecases/market-data/fill-history';
import type { CandleHistory } from '../../../usecases/ports/market-data/candles';

export type HistoryFillerParts = {
  readonly histories: readonly CandleHistory[];
  readonly instruments: () => Promise<readonly Instrument[]>;
  readonly fill: (history: CandleHistory, window: HistoryWindow) => Promise<Filled>;
  readonly days: number;
  readonly now: () => Instant;
  readonly pause: (ms: number) => Promise<void>;
  readonly metrics: HistoryMetrics;
  readonly onFailure: (error: unknown, what: string) => void;
};

export type HistoryMetrics = {
  readonly filled: (venue: string, candles: number) => void;
  /** Candles of a venue that cannot be right. */
  readonly refused: (venue: string, candles: number) => void;
  readonly fillFailed: (venue: string) => void;
};

/** So many windows in a row that a venue does not answer: it is left alone until the next pass. */
const FAILURES_MAX = 3;
/** While there was something to ask, or nothing was listed yet, it looks again soon. */
const SOON_MS = 10_000;
const AGAIN_MS = 60_000;

/**
 * Asks the venues for what nobody here watched, each at its own pace: the newest windows of all its instruments first,
 * then those before them. One copy does it at a time.
 */
export class HistoryFiller {
  private isOpen = false;
  private readonly dueAt = new Map<Venue, Instant>();

  constructor(private readonly parts: HistoryFillerParts) {}

  open(): void {
    this.isOpen = true;
    this.dueAt.clear();
  }

  pause(): void {
    this.isOpen = false;
  }

  /** Looks at all of each venue when it is time to; what is complete costs no question. Called each second. */
  readonly pass = async (): Promise<void> => {
    const { histories, instruments, days, now } = this.parts;
    if (!this.isOpen || days === 0) return;
    const due = histories.filter(({ venue }) => now() >= (this.dueAt.get(venue) ?? 0));
    if (due.length === 0) return;
    const listed = (await instruments()).filter(({ status }) => status === 'open' || status === 'halted');
    await Promise.all(due.map((history) => this.fillVenue(history, listed)));
  };

  private async fillVenue(history: CandleHistory, listed: readonly Instrument[]): Promise<void> {
    const { days, fill, metrics, onFailure, pause } = this.parts;
    const { venue, paceMs } = history;
    const now = this.parts.now();
    this.dueAt.set(venue, plusMs(now, AGAIN_MS));
    const own = listed.filter((instrument) => instrument.venue === venue);
    let failures = 0;
    let questions = 0;
    for (const window of inTurns(own.map((each) => historyWindows(history, each, { days, now })))) {
      if (!this.isOpen || failures >= FAILURES_MAX) break;
      try {
        const { asked, kept, refused } = await fill(history, window);
        failures = 0;
        metrics.filled(venue, kept);
        metrics.refused(venue, refused);
        if (!asked) continue;
        questions += 1;
        await pause(paceMs);
      } catch (error) {
        failures += 1;
        metrics.fillFailed(venue);
        if (failures === 1) onFailure(error, `${venue} told no candles of ${window.instrument.id}`);
        await pause(paceMs);
      }
    }
    const isMore = failures === 0 && (questions > 0 || own.length === 0);
    this.dueAt.set(venue, plusMs(this.parts.now(), isMore ? SOON_MS : AGAIN_MS));
  }
}

/** The first of each list, then the second of each. */
function* inTurns<T>(lists: readonly (readonly T[])[]): Generator<T> {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let at = 0; at < longest; at++)
    for (const list of lists) {
      const item = list[at];
      if (item !== undefined) yield item;
    }
}
