import { VENUES, type VenueCase } from '../../../fixtures/venues/venue-cases';
import type { VenueLab } from '../../../fixtures/venues/venue-lab';
import { TrueStates } from './true-states';

/**
 * Goal: whatever a venue's simulator does to its frames, the connector ends with the true book, tells each loss once,
 * and calls no book good that the venue never had, or had no more.
 */
describe.each(VENUES)('$venue', ({ open, id, listing, losses, countsEachBook, hasHeartbeat }: VenueCase) => {
  let lab: VenueLab;
  let states: TrueStates;
  beforeEach(async () => {
    lab = await open();
    states = new TrueStates(lab, listing);
    await lab.until(() => states.is(id));
    lab.history.length = 0;
  });
  afterEach(() => lab.close());

  const told = () => lab.history.filter(({ instrument }) => instrument === id);
  const times = (quality: string) => told().filter((book) => book.quality === quality).length;
  const gapped = () => lab.history.filter(({ quality }) => quality === 'gapped').length;
  /** Moves the price up, so that the next frame is about this market, and asks that were lost on the way stand out. */
  const move = () => lab.truth.setPrice(listing, lab.truth.mid(listing.id) * 1.03);

  test.each(losses)('a frame lost by %s is one gap each time, and mended', async (fault) => {
    const before = lab.feed.health().gaps;
    for (let count = 1; count <= 3; count++) {
      lab.venue.faults.add(fault, 1);
      move();
      move();
      await lab.until(() => times('gapped') === count);
      await lab.until(() => states.is(id));
      expect(lab.feed.health().gaps - before).toBe(countsEachBook ? gapped() : count);
    }
    for (let step = 0; step < 20; step++) lab.step();
    await lab.until(() => states.is(id));
    expect(times('gapped')).toBe(3);
    expect(states.lies(told())).toEqual([]);
  });

  test('frames that come twice change nothing', async () => {
    lab.venue.faults.add('duplicate', 60);
    for (let step = 0; step < 20; step++) lab.step();
    await lab.until(() => states.is(id));
    expect(lab.feed.health().gaps).toBe(0);
    expect(states.lies(told())).toEqual([]);
  });

  test('frames that come late are dated as they were sent, and none is missed', async () => {
    // How far the clocks are apart is known by frames that came at once.
    lab.step();
    await lab.until(() => states.is(id));
    lab.venue.faults.delayMs = 700;
    lab.history.length = 0;
    await lab.until(() => told().length > 3, lab.step);
    const lateBy = Math.max(...told().map(({ receivedAt, venueAt }) => receivedAt - venueAt));
    lab.venue.faults.delayMs = 0;
    await lab.until(() => states.is(id));
    expect(lateBy).toBeGreaterThan(500);
    expect(lab.feed.health().gaps).toBe(0);
    expect(states.lies(told())).toEqual([]);
  });

  test('a connection that says nothing more is not taken for a quiet market', async () => {
    lab.venue.faults.isSilent = true;
    lab.step();
    await lab.until(() => (hasHeartbeat ? times('stale') > 0 : states.is(id)));
    lab.venue.faults.isSilent = false;
    await lab.until(() => states.is(id), lab.step);
    expect(states.lies(told())).toEqual([]);
  });

  test('a lost connection makes the book stale until it is back', async () => {
    lab.venue.disconnect();
    lab.step();
    await lab.until(() => states.is(id));
    expect(told()[0]?.quality).toBe('stale');
    expect(lab.feed.health().reconnects).toBe(1);
    expect(states.lies(told())).toEqual([]);
  });

  test('a whole book of an hour ago is not told', async () => {
    move();
    await lab.until(() => states.is(id));
    lab.venue.faults.add('stale', 6);
    lab.venue.disconnect();
    await lab.until(() => lab.feed.health().answersOld > 0);
    await lab.until(() => states.is(id), lab.step);
    expect(states.lies(told())).toEqual([]);
  });

  test('a market that is halted is told so, and that it is open again', async () => {
    lab.truth.setStatus(listing, 'halt');
    await lab.until(() => lab.status(id) === 'halted');
    lab.truth.setStatus(listing, 'reopen');
    await lab.until(() => lab.status(id) === 'open');
  });

  /** The venue means what it says: its proofs hold, and only who knows other venues knows better. */
  test.each`
    madness              | begin                                                  | end
    ${'falls by 40 %'}   | ${() => lab.venue.lens.crash([listing], -40, 600_000)} | ${() => lab.venue.lens.crash([listing], -1, 0)}
    ${'drifts away'}     | ${() => lab.venue.lens.drift([listing], 15, 400)}      | ${() => lab.venue.lens.drift([listing], 0, 0)}
    ${'loses a decimal'} | ${() => lab.venue.lens.shift([listing], -1)}           | ${() => lab.venue.lens.shift([listing], 0)}
    ${'stands still'}    | ${() => lab.venue.lens.freeze([listing], true)}        | ${() => lab.venue.lens.freeze([listing], false)}
  `('a venue that alone $madness is told as it says, without a gap, and right again after', async ({ begin, end }) => {
    const { lens } = lab.venue;
    const steps = () => {
      for (let step = 0; step < 20; step++) lab.step();
    };
    begin();
    for (let times = 0; times < 3; times++) {
      steps();
      await lab.until(() => states.is(id));
    }
    expect(lens.levels(listing.id, 'bid')).not.toEqual(lab.truth.levels(listing.id, 'bid'));
    expect(lens.words(listing.id)).toHaveLength(1);
    end();
    steps();
    await lab.until(() => states.is(id));
    expect(lens.words(listing.id)).toEqual([]);
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, tradeGaps: 0 });
    expect(states.lies(told())).toEqual([]);
  });
});
