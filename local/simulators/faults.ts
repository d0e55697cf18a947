/**
 * What a test may do to the frames of a venue; each count says how many frames it still strikes. `price`, `negative`
 * and `nan` spoil the first price of a frame; `jump` leaves numbers out where the venue counts its frames, and `stale`
 * sends the book of an hour ago for a whole one.
 */
export const FAULT_NAMES = [
  'drop',
  'duplicate',
  'reorder',
  'malformed',
  'price',
  'negative',
  'nan',
  'checksum',
  'jump',
  'stale',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

const WAITING_MAX = 16 * 1024 * 1024;

const PRICE = /("(?:yes_)?price(?:_level|_dollars)?":"?|\[\["|"p":")([\d.]+)/;

/** The faults that one venue still has to commit. */
export class Faults {
  private readonly left = new Map<FaultName, number>();
  private held: { readonly about: string; readonly text: string } | undefined;
  /** The socket stays open, pings are answered, and no data comes. */
  isSilent = false;
  /** So much later all frames come. */
  delayMs = 0;
  /** So many bytes may wait for a client that does not read. */
  waitingMax = WAITING_MAX;

  add(name: FaultName, times: number): void {
    this.left.set(name, (this.left.get(name) ?? 0) + times);
  }

  /** No fault is left to commit. */
  clear(): void {
    this.left.clear();
    this.held = undefined;
    this.isSilent = false;
    this.delayMs = 0;
    this.waitingMax = WAITING_MAX;
  }

  /** What it still has to commit, for whoever looks on. */
  words(): readonly string[] {
    const left = [...this.left].filter(([, times]) => times > 0).map(([name, times]) => `${times} × ${name}`);
    return [...(this.isSilent ? ['silent'] : []), ...(this.delayMs > 0 ? [`${this.delayMs} ms late`] : []), ...left];
  }

  has = (name: FaultName): boolean => (this.left.get(name) ?? 0) > 0;

  /** Uses up one of them, if there is one. */
  take(name: FaultName): boolean {
    const left = this.left.get(name) ?? 0;
    if (left > 0) this.left.set(name, left - 1);
    return left > 0;
  }

  /**
   * The frames that go out in the place of one data frame; a late one follows the next that is about the same market.
   */
  frames(text: string, about: string): readonly string[] {
    if (this.isSilent || this.take('drop')) return [];
    if (this.take('malformed')) return [text.slice(0, text.length / 2)];
    if (this.take('price')) return [text.replace(PRICE, '$10')];
    if (this.take('negative')) return [text.replace(PRICE, '$1-$2')];
    if (this.take('nan')) return [text.replace(PRICE, '$1NaN')];
    if (this.take('reorder')) {
      this.held = { about, text };
      return [];
    }
    const late = this.held?.about === about ? [this.held.text] : [];
    if (late.length > 0) this.held = undefined;
    return this.take('duplicate') ? [text, text, ...late] : [text, ...late];
  }
}
