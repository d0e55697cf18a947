import type { Listing } from '../../../../local/simulators/truth/listing';
import { VENUES, type VenueCase } from '../../../fixtures/venues/venue-cases';
import type { VenueLab } from '../../../fixtures/venues/venue-lab';
import { TrueStates } from './true-states';

/**
 * Goal: whatever a venue's simulator does to its frames, the connector ends with the true book, tells each loss once,
 * and calls no book good that the venue never had, or had no more.
 */
describe.each(VENUES)('$venue', ({ open, id, listing, losses, countsEachBook, hasHeartbeat }: VenueCase) => {
  // Most of what these stories do is to wait for a venue: they wait beside each other, each at a simulator of its own.
  const story = (name: string, run: (one: Story) => Promise<void>) =>
    test.concurrent(name, async () => {
      const lab = await oneByOne(open);
      try {
        const states = new TrueStates(lab, listing);
        await lab.until(() => states.is(id));
        lab.history.length = 0;
        await run(new Story(lab, states, { id, listing }));
      } finally {
        await lab.close();
      }
    });

  for (const fault of losses)
    story(`a frame lost by ${fault} is one gap each time, and mended`, async (one) => {
      const { lab, states } = one;
      const before = lab.feed.health().gaps;
      for (let count = 1; count <= 3; count++) {
        lab.venue.faults.add(fault, 1);
        one.move();
        one.move();
        await lab.until(() => one.times('gapped') === count);
        await lab.until(() => states.is(id));
        expect(lab.feed.health().gaps - before).toBe(countsEachBook ? one.gapped() : count);
      }
      for (let step = 0; step < 20; step++) lab.step();
      await lab.until(() => states.is(id));
      expect(one.times('gapped')).toBe(3);
      expect(states.lies(one.told())).toEqual([]);
    });

  story('frames that come twice change nothing', async (one) => {
    const { lab, states } = one;
    lab.venue.faults.add('duplicate', 60);
    for (let step = 0; step < 20; step++) lab.step();
    await lab.until(() => states.is(id));
    expect(lab.feed.health().gaps).toBe(0);
    expect(states.lies(one.told())).toEqual([]);
  });

  story('frames that come late are dated as they were sent, and none is missed', async (one) => {
    const { lab, states } = one;
    // How far the clocks are apart is known by frames that came at once.
    lab.step();
    await lab.until(() => states.is(id));
    lab.venue.faults.delayMs = 700;
    lab.history.length = 0;
    await lab.until(() => one.told().length > 3, lab.step);
    const lateBy = Math.max(...one.told().map(({ receivedAt, venueAt }) => receivedAt - venueAt));
    lab.venue.faults.delayMs = 0;
    await lab.until(() => states.is(id));
    expect(lateBy).toBeGreaterThan(500);
    expect(lab.feed.health().gaps).toBe(0);
    expect(states.lies(one.told())).toEqual([]);
  });

  story('a connection that says nothing more is not taken for a quiet market', async (one) => {
    const { lab, states } = one;
    lab.venue.faults.isSilent = true;
    lab.step();
    await lab.until(() => (hasHeartbeat ? one.times('stale') > 0 : states.is(id)));
    lab.venue.faults.isSilent = false;
    await lab.until(() => states.is(id), lab.step);
    expect(states.lies(one.told())).toEqual([]);
  });

  story('a lost connection makes the book stale until it is back', async (one) => {
    const { lab, states } = one;
    lab.venue.disconnect();
    lab.step();
    await lab.until(() => states.is(id));
    expect(one.told()[0]?.quality).toBe('stale');
    expect(lab.feed.health().reconnects).toBe(1);
    expect(states.lies(one.told())).toEqual([]);
  });

  story('a whole book of an hour ago is not told', async (one) => {
    const { lab, states } = one;
    one.move();
    await lab.until(() => states.is(id));
    lab.venue.faults.add('stale', 6);
    lab.venue.disconnect();
    await lab.until(() => lab.feed.health().answersOld > 0);
    await lab.until(() => states.is(id), lab.step);
    expect(states.lies(one.told())).toEqual([]);
  });

  story('a market that is halted is told so, and that it is open again', async (one) => {
    const { lab } = one;
    lab.truth.setStatus(listing, 'halt');
    await lab.until(() => lab.status(id) === 'halted');
    lab.truth.setStatus(listing, 'reopen');
    await lab.until(() => lab.status(id) === 'open');
  });

  /** The venue means what it says: its proofs hold, and only who knows other venues knows better. */
  const MADNESS: readonly (readonly [what: string, begin: (lens: Lens) => void, end: (lens: Lens) => void])[] = [
    ['falls by 40 %', (lens) => lens.crash([listing], -40, 600_000), (lens) => lens.crash([listing], -1, 0)],
    ['drifts away', (lens) => lens.drift([listing], 15, 400), (lens) => lens.drift([listing], 0, 0)],
    ['loses a decimal', (lens) => lens.shift([listing], -1), (lens) => lens.shift([listing], 0)],
    ['stands still', (lens) => lens.freeze([listing], true), (lens) => lens.freeze([listing], false)],
  ];
  for (const [madness, begin, end] of MADNESS) {
    story(`a venue that alone ${madness} is told as it says, without a gap, and right again after`, async (one) => {
      const { lab, states } = one;
      const { lens } = lab.venue;
      const steps = () => {
        for (let step = 0; step < 20; step++) lab.step();
      };
      begin(lens);
      for (let times = 0; times < 3; times++) {
        steps();
        await lab.until(() => states.is(id));
      }
      expect(lens.levels(listing.id, 'bid')).not.toEqual(lab.truth.levels(listing.id, 'bid'));
      expect(lens.words(listing.id)).toHaveLength(1);
      end(lens);
      steps();
      await lab.until(() => states.is(id));
      expect(lens.words(listing.id)).toEqual([]);
      expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, tradeGaps: 0 });
      // What drifts is another state at each telling, also of those between two looks.
      if (madness !== 'drifts away') expect(states.lies(one.told())).toEqual([]);
    });
  }
});

type Lens = VenueLab['venue']['lens'];

/** What one story is told of the market that it looks at. */
class Story {
  constructor(
    readonly lab: VenueLab,
    readonly states: TrueStates,
    private readonly market: { readonly id: string; readonly listing: Listing },
  ) {}

  told = () => this.lab.history.filter(({ instrument }) => instrument === this.market.id);
  times = (quality: string): number => this.told().filter((book) => book.quality === quality).length;
  gapped = (): number => this.lab.history.filter(({ quality }) => quality === 'gapped').length;

  /** Moves the price up, so that the next frame is about this market, and asks that were lost on the way stand out. */
  move(): void {
    const { lab, market } = this;
    lab.truth.setPrice(market.listing, lab.truth.mid(market.listing.id) * 1.03);
  }
}

let opening: Promise<unknown> = Promise.resolve();

/** Two that look for a free port at once may find the same. */
function oneByOne(open: () => Promise<VenueLab>): Promise<VenueLab> {
  const opened = opening.then(open);
  opening = opened.catch(() => undefined);
  return opened;
}
