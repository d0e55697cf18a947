import type { Book } from './book';
import type { Instrument } from './instrument';

/** An instrument with the state of its book that an order meets. */
export type Market = {
  readonly instrument: Instrument;
  readonly book: Book;
  /** Orders that rest meet one state after another: what one of them takes of it is gone for the next. */
  readonly isShared: boolean;
};
