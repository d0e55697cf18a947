import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import { type Book, isCrossed } from '../../../domain/market/book';
import { kindOf } from '../../../domain/market/instrument';
import { type ListedBook, markedBook, markOf, sourceOf } from '../../../domain/market/mark';
import { type BookMemory, NO_MEMORY, publishBook } from '../../../usecases/market-data/publish-book';
import { levelsOf } from '../../fixtures/domain-story';
import { openTrading, priceOf, type Trading } from '../../fixtures/open-trading';

/** One book among others, as the venue showed it: `bids / asks`, best first. */
export type ShownBook = string;

/** What somebody holds, and the prices around the book that is to end them. */
export type Victim = {
  readonly instrument: InstrumentId;
  readonly calm: ShownBook;
  readonly buys: string;
  readonly stopPrice?: string;
};

/** Ten thousand shares at 0.62, which is far from every limit. */
export const SHARES: Victim = {
  instrument: idOf('PM-rain-YES'),
  calm: '50000@0.60 / 50000@0.62',
  buys: '10000',
};

/** So many of them that a price fifteen cents lower is more than a day may lose. */
export const MANY_SHARES: Victim = { ...SHARES, buys: '40000' };

/** A bitcoin at 60,001 whose stop may cost it 5 %. */
export const COIN: Victim = {
  instrument: idOf('BTC-USD'),
  calm: '50@60000 / 50@60001',
  buys: '1',
  stopPrice: '57000',
};

const EVERY_MS = 500;
const CALM_BOOKS = 5;

/** What stands against books that are wrong: they are held against others, and a limit is broken for so long. */
export type Against = {
  readonly isChecked?: boolean;
  /** The other venues of the coin show the same; else they stay calm. */
  readonly isShownByAll?: boolean;
  readonly touchMs?: number;
  /** What else the rules say. */
  readonly rules?: Partial<RuleSet>;
};

/** How the same holder ends with these books among calm ones; unchecked, they are told as the venue showed them. */
export async function heldThrough(
  { instrument, calm, buys, stopPrice }: Victim,
  shown: readonly ShownBook[],
  { isChecked = true, isShownByAll = false, touchMs = 0, rules = {} }: Against = {},
): Promise<string> {
  const trading = await openTrading({ riskPerTrade: null, ...rules, touchMs });
  const ofOthers = isShownByAll ? undefined : calm;
  const tell = isChecked ? checkedTeller(trading, ofOthers) : plainTeller(trading);
  for (let book = 0; book < CALM_BOOKS; book++) await tell(instrument, calm);
  await trading.order('buy', buys, { instrument });
  if (stopPrice) {
    const terms = { type: 'stop', stopPrice: priceOf(stopPrice) } as const;
    await trading.order('sell', buys, { instrument, terms, reduceOnly: true });
  }
  for (const book of shown) await tell(instrument, book);
  for (let book = 0; book < CALM_BOOKS; book++) await tell(instrument, calm);
  return endOf(trading);
}

type Tell = (instrument: InstrumentId, shown: ShownBook) => Promise<void>;

/** Books as the venue shows them; after each the engine judges. */
function plainTeller(trading: Trading): Tell {
  let sequence = 0;
  return async (instrument, shown) => {
    trading.later(EVERY_MS);
    sequence += 1;
    trading.books.set(instrument, bookOf(instrument, shown, sequence, trading.now()));
    await trading.judge();
  };
}

/** Books as market-data publishes them: an outcome's against its past, a coin's marked by its venues. */
function checkedTeller(trading: Trading, ofOthers: ShownBook | undefined): Tell {
  const publish = publishBook({
    books: {
      put: async (book) => void trading.books.set(book.instrument, book),
      told: async () => new Map(trading.books),
    },
    quotes: { publish: async () => undefined },
  });
  let memory: BookMemory = NO_MEMORY;
  let sequence = 0;
  return async (instrument, shown) => {
    trading.later(EVERY_MS);
    sequence += 1;
    const now = trading.now();
    const book = bookOf(instrument, shown, sequence, now);
    if (kindOf(instrument) === 'outcome') {
      memory = (await publish(book, {}, memory)).memory;
    } else {
      const other = { ...bookOf(instrument, ofOthers ?? shown, sequence, now), venue: 'binance' } as const;
      const sources = [book, other, { ...other, venue: 'coinbase' } as const].map((each) => sourceOf(each, now));
      const mark = markOf(instrument, sources, now, trading.books.get(instrument)?.mark);
      trading.books.set(instrument, markedBook(book, mark));
    }
    await trading.judge();
  };
}

function bookOf(instrument: InstrumentId, shown: ShownBook, sequence: number, at: Book['receivedAt']): ListedBook {
  const [bids = '', asks = ''] = shown.split('/');
  const venue = instrument.startsWith('PM-') ? 'polymarket' : 'kraken';
  const times = { venueAt: at, receivedAt: at };
  const sides = { bids: levelsOf(bids), asks: levelsOf(asks) };
  const quality = isCrossed(sides.bids, sides.asks) ? 'crossed' : 'good';
  return { instrument, venue, sequence, venueProof: `${sequence}`, quality, ...times, ...sides };
}

async function endOf(trading: Trading): Promise<string> {
  const { status, account } = await trading.snapshot();
  const held = account.positions.map(({ instrument, qty }) => `${qty / 10n ** 8n} ${instrument}`);
  return [status, `cash ${account.cashUsd / 1_000_000n}`, ...held].join(', ');
}
