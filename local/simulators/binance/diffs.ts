import type { Lens } from '../lens/lens';
import type { SpotListing } from '../truth/listing';
import { decimalText } from '../truth/truth';
import type { Change, TrueLevel } from '../truth/truth-book';

/** As Binance writes prices and sizes. */
const DECIMALS = 8;
const JUMP = 1_000;

export const fullText = (units: number, decimals: number): string => {
  const text = decimalText(units, decimals);
  const given = text.split('.')[1]?.length ?? 0;
  return given === 0 ? `${text}.${'0'.repeat(DECIMALS)}` : `${text}${'0'.repeat(DECIMALS - given)}`;
};

/** `BTC/USD` of the truth is quoted in tethers here. */
export const symbolOf = ({ symbol }: SpotListing): string => `${symbol.replace('/', '')}T`;

/** The updates of one symbol's book: each has an id, and a diff takes all since the one before it together. */
export class Diffs {
  /** The last update. */
  id: number;
  private first: number;
  private changed = new Map<string, Change>();
  private best = '';

  constructor(
    private readonly lens: Lens,
    readonly listing: SpotListing,
  ) {
    this.id = 1_000_000;
    this.first = this.id + 1;
    this.best = this.bestPrices();
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) this.changed.set(`${change.side} ${change.tick}`, change);
    this.id += changes.length;
  }

  /** Ids that were given to nothing. */
  jump(): void {
    this.first += JUMP;
    this.id += JUMP;
  }

  /** Everything since the last time, with its ids; undefined where nothing happened. */
  take(): object | undefined {
    if (this.changed.size === 0) return undefined;
    const levels = [...this.changed.values()];
    const of = (side: Change['side']) => levels.filter((change) => change.side === side).map(this.levelOf);
    const diff = { s: symbolOf(this.listing), U: this.first, u: this.id, b: of('bid'), a: of('ask') };
    this.first = this.id + 1;
    this.changed = new Map();
    return diff;
  }

  /** The best prices and sizes, if they are others than the last time. */
  newBest(): object | undefined {
    const best = this.bestPrices();
    if (best === this.best) return undefined;
    this.best = best;
    const [b, B, a, A] = best.split(' ');
    return { u: this.id, s: symbolOf(this.listing), b, B, a, A };
  }

  /** REST's book. */
  snapshot(limit: number): object {
    const side = (name: Change['side']) => this.lens.levels(this.listing.id, name).slice(0, limit).map(this.levelOf);
    return { lastUpdateId: this.id, bids: side('bid'), asks: side('ask') };
  }

  private bestPrices(): string {
    const best = (side: Change['side']) =>
      this.levelOf(this.lens.levels(this.listing.id, side)[0] ?? { tick: 0, size: 0 });
    return [...best('bid'), ...best('ask')].join(' ');
  }

  private levelOf = ({ tick, size }: TrueLevel): [string, string] => [
    fullText(tick, this.listing.priceDecimals),
    fullText(size, this.listing.qtyDecimals),
  ];
}
