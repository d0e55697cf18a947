import fc from 'fast-check';
import { GROUP_MS } from '../../../../adapters/venues/polymarket/books/book-subscription';
import { ReadBatch } from '../../../../adapters/venues/polymarket/books/read-batch';
import type { ListedBook } from '../../../../domain/market/mark';
import type { PolymarketServer } from '../../../../local/simulators/polymarket/server';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';
import { captured } from '../../../captures/captured';
import { VenueLab } from '../../../fixtures/venues/venue-lab';
import { bookOf, FollowedLab, START } from './followed-lab';

type Event = { readonly timestamp: string; readonly price_changes: readonly { readonly asset_id: string }[] };
const SWEEP = captured('polymarket/sweep_tail') as readonly Event[];
const [FIRST, SECOND] = (SWEEP[0] as Event).price_changes.map(({ asset_id }) => asset_id) as [string, string];
const SWEPT_AT = 1_790_658_827_000;

/** Goal: the sweep that was seen on the wire. Both books were called gapped at its first event, and asked for anew. */
test.each`
  token           | asset     | bids                            | asks                            | before           | after
  ${'its first'}  | ${FIRST}  | ${'0.613x80 0.6x10'}            | ${'0.689x60 0.699x40 0.71x900'} | ${'0.613/0.689'} | ${'0.699/0.71'}
  ${'its second'} | ${SECOND} | ${'0.311x60 0.301x40 0.29x900'} | ${'0.387x80 0.4x10'}            | ${'0.311/0.387'} | ${'0.29/0.301'}
`(
  'the captured sweep leaves a good book of $token token, and tells none between',
  ({ asset, bids, asks, before, after }) => {
    const lab = new FollowedLab(asset);
    lab.now = (SWEPT_AT + 40) as typeof lab.now;
    lab.hear(bookOf(asset, bids, asks, SWEPT_AT - 60_000));
    for (const event of SWEEP) lab.hear(event);
    expect(lab.touches()).toEqual([before, before, after]);
    expect(lab.qualities()).toBe('good good good');
    expect(lab.counts).toMatchObject({ gaps: 0, framesDropped: 0, answersOld: 0 });
  },
);

test('its stamp in whole seconds, earlier than what came before it, is no gap', async () => {
  const lab = new FollowedLab(FIRST);
  lab.now = (SWEPT_AT + 400) as typeof lab.now;
  lab.hear(bookOf(FIRST, '0.613x80 0.6x5', '0.689x60 0.699x40 0.71x900', SWEPT_AT + 350));
  for (const event of SWEEP.slice(1)) lab.hear(event);
  await lab.pass(1_000);
  expect(lab.last()).toBe('good 0.699/0.71');
  expect(lab.counts.gaps).toBe(0);
});

type Level = { readonly side: 'BUY' | 'SELL'; readonly tick: number; readonly size: number };
type Sweep = {
  readonly before: object;
  readonly changes: readonly Level[];
  readonly bid: number;
  readonly ask: number;
};

const priceOf = (tick: number): string => (tick / 100).toFixed(2);

/** A taker's order on a book of whole cents: it takes levels, cuts the next one, and some of it may rest. */
const sweep = fc
  .record({
    isBuy: fc.boolean(),
    sizes: fc.array(fc.integer({ min: 2, max: 50 }), { minLength: 3, maxLength: 8 }),
    depth: fc.integer({ min: 1, max: 7 }),
    rest: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ isBuy, sizes, depth, rest }): Sweep => {
    const tickAt = (at: number): number => (isBuy ? 51 + at : 49 - at);
    const gone = Math.min(depth, sizes.length - 1);
    const [near, far] = [isBuy ? 49 : 51, sizes.map((size, at) => `${priceOf(tickAt(at))}x${size}`).join(' ')];
    const [taken, made] = isBuy ? (['SELL', 'BUY'] as const) : (['BUY', 'SELL'] as const);
    const changes: readonly Level[] = [
      ...(rest > 0 ? [{ side: made, tick: tickAt(gone - 1), size: rest }] : []),
      ...sizes.slice(0, gone).map((_, at) => ({ side: taken, tick: tickAt(at), size: 0 })),
      { side: taken, tick: tickAt(gone), size: Math.ceil((sizes[gone] as number) / 2) },
    ];
    const ours = rest > 0 ? tickAt(gone - 1) : near;
    const ownSide = `${priceOf(near)}x30`;
    return {
      before: bookOf('1', isBuy ? ownSide : far, isBuy ? far : ownSide, START - 5_000),
      changes,
      ...(isBuy ? { bid: ours, ask: tickAt(gone) } : { bid: tickAt(gone), ask: ours }),
    };
  });

/** Its changes in any order, cut into events anywhere. */
const told = sweep.chain((made) =>
  fc.record({
    made: fc.constant(made),
    order: fc.shuffledSubarray([...made.changes], { minLength: made.changes.length }),
    cuts: fc.array(fc.nat(), { maxLength: 6 }),
  }),
);

function eventsOf(made: Sweep, order: readonly Level[], cuts: readonly number[]): readonly object[] {
  const ends = [...new Set([...cuts.map((cut) => cut % order.length), order.length])].sort((a, b) => a - b);
  const parts = ends.map((end, at) => order.slice(ends[at - 1] ?? 0, end)).filter((part) => part.length > 0);
  const word = { best_bid: priceOf(made.bid), best_ask: priceOf(made.ask) };
  return parts.map((part) => ({
    event_type: 'price_change',
    market: 'm',
    timestamp: `${START}`,
    price_changes: part.map(({ side, tick, size }) => ({
      asset_id: '1',
      price: priceOf(tick),
      size: `${size}`,
      side,
      hash: 'x',
      ...word,
    })),
  }));
}

test('any split of a sweep, in any order, ends with a good book and no gap, and tells no other best prices', async () => {
  await fc.assert(
    fc.asyncProperty(told, async ({ made, order, cuts }) => {
      const lab = new FollowedLab();
      lab.hear(made.before);
      const [before] = lab.touches();
      for (const event of eventsOf(made, order, cuts)) lab.hear(event);
      await lab.pass(GROUP_MS + 200);
      const after = [made.bid, made.ask].map((tick) => `${tick / 100}`).join('/');
      expect(lab.last()).toBe(`good ${after}`);
      expect(lab.touches().every((touch) => touch === before || touch === after)).toBe(true);
      expect([lab.counts.gaps, lab.asked]).toEqual([0, 0]);
    }),
  );
});

test('an event of a sweep that is really lost is told once, a quarter of a second later, and not before', async () => {
  await fc.assert(
    fc.asyncProperty(told, fc.nat(), async ({ made, order, cuts }, at) => {
      // One that matters: without it the book has other best prices than the venue names.
      const lost = order.filter(({ size, tick }) => size === 0 || tick === made.bid || tick === made.ask);
      const missing = lost.filter(({ size }) => size === 0)[at % lost.filter(({ size }) => size === 0).length];
      const lab = new FollowedLab();
      lab.hear(made.before);
      const events = eventsOf(
        made,
        order.filter((level) => level !== missing),
        cuts,
      );
      for (const event of events) lab.hear(event);
      await lab.pass(GROUP_MS - 50);
      expect(lab.told.every(({ quality }) => quality === 'good')).toBe(true);
      await lab.pass(150);
      expect(lab.told.filter(({ quality }) => quality === 'gapped')).toHaveLength(1);
      await lab.pass(1_000);
      expect(lab.told.filter(({ quality }) => quality === 'gapped')).toHaveLength(1);
      expect(lab.last()).toMatch(/^gapped/);
      expect(lab.counts.gaps).toBe(1);
    }),
  );
});

test('after a lost event the whole book of REST is trusted again, and what came meanwhile is on top of it', async () => {
  const lab = new FollowedLab();
  const change = (price: string, size: string, side: string, ms: number, best: readonly [string, string]) => ({
    event_type: 'price_change',
    timestamp: `${ms}`,
    price_changes: [{ asset_id: '1', price, size, side, best_bid: best[0], best_ask: best[1] }],
  });
  lab.hear(bookOf('1', '0.49x30', '0.51x10 0.52x10', START - 5_000));
  lab.hear(change('0.48', '5', 'BUY', START, ['0.49', '0.52']));
  await lab.pass(GROUP_MS + 50);
  expect(lab.qualities()).toBe('good gapped');
  lab.hear(change('0.50', '7', 'BUY', START + 400, ['0.50', '0.52']));
  lab.rest = bookOf('1', '0.49x30 0.48x5', '0.52x10', START + 100);
  await lab.pass(1_000);
  expect(lab.last()).toBe('good 0.5/0.52');
  expect(lab.told.filter(({ quality }) => quality === 'gapped')).toHaveLength(1);
});

test('of the books that one read of the socket makes only the last is told; bad news does not wait', async () => {
  const [outbox, said]: [ReadBatch, string[]] = [new ReadBatch(), []];
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START));
  const good = lab.told[0] as ListedBook;
  const put = (book: ListedBook) =>
    outbox.put(book, ({ quality, sequence }) => void said.push(`${quality} ${sequence}`));
  for (const sequence of [1, 2]) put({ ...good, sequence });
  await new Promise((resolve) => setImmediate(resolve));
  put({ ...good, sequence: 3 });
  put({ ...good, sequence: 4, quality: 'gapped' });
  expect(said).toEqual(['good 2', 'gapped 4']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual(['good 2', 'gapped 4']);
});

describe('sweeps over a socket', () => {
  let lab: VenueLab<PolymarketServer>;
  beforeEach(async () => {
    lab = await VenueLab.polymarket();
    await lab.until(() => OUTCOMES.every(({ slug }) => lab.quality(`PM-${slug}-NO`) === 'good'));
  });
  afterEach(() => lab.close());

  test('every change as an event of its own leaves the truth, and neither a gap nor a book that is crossed', async () => {
    lab.venue.quirks.isSplit = true;
    lab.history.length = 0;
    for (let round = 0; round < 30; round++) {
      for (const listing of OUTCOMES) lab.truth.setPrice(listing, 0.3 + ((round * 7) % 40) / 100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await lab.until(() =>
      OUTCOMES.every((listing) => lab.seen(`PM-${listing.slug}-YES`, 20).join() === lab.true(listing, 20).join()),
    );
    expect(new Set(lab.history.map(({ quality }) => quality))).toEqual(new Set(['good']));
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, answersOld: 0 });
  });
});
