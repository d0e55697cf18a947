import type { Delta } from './book';

/** What changed in one market at one moment, as far as it was told. */
type Open = { readonly ticker: string; readonly ms: number; readonly deltas: Delta[]; proof: string; text: string };
type Told = { readonly ticker: string; readonly ms: number | undefined; readonly proof: string };
export type Changes = Readonly<Open>;

/** A book is published no more often than this. */
const LAST_MS = 20;

/**
 * An order that takes several levels is told level by level, all with one stamp: the books between them never were. A
 * moment is over when something else is told, and soon in any case.
 */
export class Moment {
  private open: Open | undefined;
  private openedMs = 0;
  /** One for many moments: they are over sooner than it, as a rule. */
  private timer: NodeJS.Timeout | undefined;

  /** `onWhole`: all of it has come. */
  constructor(private readonly onWhole: (changes: Changes) => void) {}

  add(delta: Delta, { ticker, ms = Number.NaN, proof }: Told, text: string): void {
    if (this.open?.ticker !== ticker || this.open.ms !== ms) this.end();
    if (!this.open) {
      this.open = { ticker, ms, deltas: [], proof, text };
      this.openedMs = performance.now();
      this.timer ??= setTimeout(() => this.look(), LAST_MS);
    }
    this.open.deltas.push(delta);
    this.open.proof = proof;
    this.open.text = text;
  }

  end(): void {
    const changes = this.open;
    this.open = undefined;
    if (changes) this.onWhole(changes);
  }

  /** Something was said of this market that is lost, and may have been part of it. */
  lose(ticker: string): void {
    if (this.open?.ticker === ticker) this.forget();
    else this.end();
  }

  /** Part of it may be lost. */
  forget(): void {
    this.open = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const leftMs = this.openedMs + LAST_MS - performance.now();
    this.timer = this.open && leftMs > 0 ? setTimeout(() => this.look(), leftMs) : undefined;
    if (!this.timer) this.end();
  }
}
