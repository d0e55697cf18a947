import { BookSubscription } from '../../../../adapters/venues/book-subscription';
import { noCounts } from '../../../../adapters/venues/counts';
import { type BookFrame, KrakenBook } from '../../../../adapters/venues/kraken/book';
import { readFrame } from '../../../../adapters/venues/kraken/read-frame';
import { epochMsOf } from '../../../../adapters/venues/reading/epoch-ms';
import { idOf } from '../../../../domain/kernel/ids';
import type { Book } from '../../../../domain/market/book';
import { VenueClock } from '../../../../domain/market/venue-clock';
import type { Clock } from '../../../../usecases/ports/clock-and-ids';

/** Kraken's book of one symbol with its frames by hand: what was told of it, and how often it was asked for anew. */
export class KrakenBookLab {
  readonly counts = noCounts();
  readonly told: Book[] = [];
  asked = 0;
  readonly book: BookSubscription<BookFrame>;

  constructor(clock: Clock) {
    this.book = new BookSubscription<BookFrame>({
      venue: 'kraken',
      instrument: () => idOf('SOL-USD'),
      emptyBook: () => new KrakenBook(25),
      clock,
      counts: this.counts,
      venueClock: new VenueClock(),
      askAgain: () => void this.asked++,
      onBook: (book) => void this.told.push(book),
      onHeld: () => undefined,
    });
  }

  /** Whether the frame could be read. */
  hear(text: string): boolean {
    const read = readFrame(text);
    if (read?.channel !== 'book') return read !== undefined;
    return read.data.map((data) => this.book.take(read.type, data, epochMsOf(data.timestamp))).every(Boolean);
  }
}
