/** What a message is to those before it. */
export type Place = 'next' | 'repeated' | 'gap';

/** The numbers of one subscription: each of its messages has the next one, whatever it is about. */
export class Sequence {
  private last: number | undefined;
  private isUnsure = false;

  /** A message without a number has no place, and is taken as it comes. */
  place(seq: number | undefined): Place {
    if (seq === undefined) return 'next';
    const { last } = this;
    if (last !== undefined && seq <= last) return 'repeated';
    const isGap = last !== undefined && seq > last + 1 && !this.isUnsure;
    this.last = seq;
    this.isUnsure = false;
    return isGap ? 'gap' : 'next';
  }

  /** Something came that may have been of this subscription: a number that is missing next is known to be lost. */
  doubt(): void {
    this.isUnsure = true;
  }
}
