import type { Book } from '../../../../domain/market/book';
import type { Listing } from '../../../../local/simulators/truth/listing';
import { textOf, type VenueLab } from '../../../fixtures/venues/venue-lab';

const DEPTH = 20;

/** All states that one market truly had, in their order. */
export class TrueStates {
  private readonly states: string[] = [];

  constructor(
    private readonly lab: VenueLab,
    private readonly listing: Listing,
  ) {
    this.note();
    lab.venue.lens.listen({ changed: ({ id }) => (id === listing.id ? this.note() : undefined) });
  }

  now = (): string => this.lab.true(this.listing, DEPTH).join();

  is = (id: string): boolean => this.lab.quality(id) === 'good' && this.lab.seen(id, DEPTH).join() === this.now();

  /** The good books among these that never were, or that were no more when a later one had been told. */
  lies(told: readonly Book[]): readonly string[] {
    let from = 0;
    return told
      .filter(({ quality }) => quality === 'good')
      .map((book) => textOf(book, DEPTH).join())
      .filter((text) => {
        const at = this.states.indexOf(text, from);
        if (at >= 0) from = at;
        return at < 0;
      });
  }

  private note(): void {
    const state = this.now();
    if (this.states.at(-1) !== state) this.states.push(state);
  }
}
