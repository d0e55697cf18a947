import fc from 'fast-check';
import { booksLost } from '../../../adapters/venues/kraken/frames';
import { readFrame as readKraken } from '../../../adapters/venues/kraken/read-frame';
import { readFrame } from '../../../adapters/venues/polymarket/wire/read-frame';
import { type Book, isCrossed } from '../../../domain/market/book';
import { captured } from '../../captures/captured';
import { isSound, MUTANT_TOKENS } from '../../fixtures/venues/mutants';
import { KrakenBookLab } from './kraken/kraken-book';
import { bookOf, FollowedLab, START } from './polymarket/followed-lab';

/** The mutants are the same each time: what they find is a test from then on. */
const RUN = { seed: 20_260_512, numRuns: 500 } as const;

const textOf = (name: string): string => JSON.stringify(captured(name));
const POLYMARKET = [
  ...(captured('polymarket/sweep_tail') as readonly object[]).map((event) => JSON.stringify(event)),
  ...['book', 'last_trade', 'price_change', 'tick_size', 'resolved'].map((name) =>
    textOf(`polymarket/ws_market_${name}_msg`),
  ),
  textOf('polymarket/py_price_change'),
  textOf('polymarket/py_price_change_v2'),
];
/** The example of Kraken's guide, whose checksum is over these digits, and frames that were seen. */
const KRAKEN = [
  '{"channel":"book","type":"snapshot","data":[{"symbol":"SOL/USD","bids":[{"price":150.25,"qty":12.00000000},' +
    '{"price":150.20,"qty":3.50000000}],"asks":[{"price":150.30,"qty":0.75000000},{"price":150.35,"qty":20.00000000}],' +
    '"checksum":2511981537}]}',
  ...['book_snapshot', 'book_update', 'trade_update'].map((name) => textOf(`kraken/ws_${name}`)),
];

const token = fc.constantFrom(...MUTANT_TOKENS);

/** A frame with a few of its characters or values taken away, doubled or replaced. */
const mutant = (frames: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...frames),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), token), { minLength: 1, maxLength: 4 }),
    )
    .map(([frame, cuts]) =>
      cuts.reduce((text, [at, length, given]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + given + text.slice(from + length);
      }, frame),
    );

/** A share costs less than a dollar. */
const isSoundOutcome = (book: Book): boolean =>
  isSound(book) && (book.quality !== 'good' || [...book.bids, ...book.asks].every(({ price }) => price < 100_000_000n));

test('no mutant of a real frame of Polymarket breaks the reader or makes a good book of nonsense', () => {
  const assets = [
    ...new Set(POLYMARKET.flatMap((text) => [...text.matchAll(/"asset_id":"(\d+)"/g)].map(([, id]) => id))),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...assets), fc.array(mutant(POLYMARKET), { maxLength: 6 }), (asset, frames) => {
      const lab = new FollowedLab(asset);
      lab.hear(bookOf(asset as string, '0.49x30 0.48x10', '0.51x10 0.52x5', START - 1_000));
      for (const frame of frames) lab.hear(frame);
      expect(lab.told.filter((book) => !isSoundOutcome(book))).toEqual([]);
      lab.now = (START + 60_000) as typeof lab.now;
      lab.hear(bookOf(asset as string, '0.31x30', '0.33x10', START + 59_000));
      expect(lab.last()).toBe('good 0.31/0.33');
    }),
    RUN,
  );
});

test('a mutant that lost its shape is counted, and one of no token concerns all', () => {
  fc.assert(
    fc.property(mutant(POLYMARKET), (frame) => {
      const { events, dropped } = readFrame(frame);
      expect(dropped).toBeGreaterThanOrEqual(events.filter(({ event_type }) => event_type === 'lost').length);
      for (const event of events) if (event.event_type === 'lost') expect(event.assets.length).toBeGreaterThan(0);
    }),
    RUN,
  );
});

test('no mutant of a real frame of Kraken breaks the reader or makes a good book without its checksum', () => {
  fc.assert(
    fc.property(fc.array(mutant(KRAKEN), { maxLength: 6 }), (frames) => {
      const lab = new KrakenBookLab({ now: () => START });
      for (const frame of frames) {
        lab.hear(frame);
        if (!readKraken(frame)) expect(Array.isArray(booksLost(frame)) || booksLost(frame) === 'all').toBe(true);
      }
      const { told } = lab;
      // What is good has the ten digits that the checksum is over, wherever the mutant put its points.
      const digits = told
        .filter(({ quality }) => quality === 'good')
        .map(({ asks }) => `${asks[0]?.price}`.replace(/0+$/, ''));
      expect(digits.every((text) => text === '1503')).toBe(true);
      expect(told.filter(({ quality, bids, asks }) => quality === 'good' && isCrossed(bids, asks))).toEqual([]);
    }),
    RUN,
  );
});
