import { type Instant, instant } from '../../../../domain/kernel/instant';
import type { Clock } from '../../../../usecases/ports/clock-and-ids';

export type AskingParts = {
  readonly clock: Clock;
  /** Asks for these books; whether there was somebody to ask. */
  readonly ask: (tickers: readonly string[]) => boolean;
};

/** While nothing changes, a book that is asked for proves that nothing did, of any market of the connection. */
const PROVE_MS = { quiet: 1_000, busy: 5_000 } as const;
const UNHEARD_MS = 5_000;

type Asked = { readonly at: Instant; readonly isOpen: boolean };

/** Which whole books the venue is asked for, and when it was. */
export class Asking {
  private readonly wanted = new Set<string>();
  private readonly times = new Map<string, Asked>();
  private heardAt = Number.NEGATIVE_INFINITY;
  private provedAt = Number.NEGATIVE_INFINITY;
  private turn = 0;

  constructor(private readonly parts: AskingParts) {}

  /** The subscription is a new one, on which these are told whole by themselves. */
  begin(tickers: readonly string[]): void {
    this.wanted.clear();
    this.times.clear();
    this.heardAt = Number.NEGATIVE_INFINITY;
    this.asked(tickers);
  }

  want(ticker: string): void {
    this.wanted.add(ticker);
  }

  /** What was asked before, and not answered yet, was asked then. */
  asked(tickers: readonly string[]): void {
    const at = this.parts.clock.now();
    for (const ticker of tickers) if (!this.times.get(ticker)?.isOpen) this.times.set(ticker, { at, isOpen: true });
  }

  /** When the book that came was asked for. */
  answered(ticker: string): Instant | undefined {
    this.heard();
    const { at } = this.times.get(ticker) ?? {};
    if (at !== undefined) this.times.set(ticker, { at, isOpen: false });
    return at;
  }

  /** Some book changed. */
  heard(): void {
    this.heardAt = this.parts.clock.now();
  }

  forget(tickers: readonly string[]): void {
    for (const ticker of tickers) {
      this.times.delete(ticker);
      this.wanted.delete(ticker);
    }
  }

  /** Each in its turn: also a book that is busy is compared with the whole one now and then. */
  prove(tickers: readonly string[]): void {
    const now = this.parts.clock.now();
    const isQuiet = now - this.heardAt >= PROVE_MS.quiet;
    if (now - this.provedAt < (isQuiet ? PROVE_MS.quiet : PROVE_MS.busy)) return;
    this.provedAt = now;
    this.turn += 1;
    const next = tickers[this.turn % Math.max(1, tickers.length)];
    if (next !== undefined) this.wanted.add(next);
  }

  flush(): void {
    if (this.wanted.size === 0) return;
    const tickers = [...this.wanted];
    if (!this.parts.ask(tickers)) return;
    this.wanted.clear();
    this.asked(tickers);
  }

  /** It was asked long ago and has said nothing at all since: the connection is open, and dead. */
  isUnheard(now: Instant): boolean {
    const open = [...this.times.values()].flatMap(({ at, isOpen }) => (isOpen ? [at] : []));
    const first = instant(Math.min(...open));
    return this.heardAt < first && now - first >= UNHEARD_MS;
  }
}
