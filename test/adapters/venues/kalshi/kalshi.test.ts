import type { KalshiOptions } from '../../../../adapters/venues/kalshi/feed';
import { instrumentNames } from '../../../../local/simulators/kalshi/names';
import type { KalshiServer } from '../../../../local/simulators/kalshi/server';
import { OUTCOMES, type OutcomeListing } from '../../../../local/simulators/truth/listing';
import { KALSHI_KEY } from '../../../fixtures/kalshi-key';
import { VenueLab } from '../../../fixtures/venues/venue-lab';

const [BTC, FED] = OUTCOMES as unknown as readonly [OutcomeListing, OutcomeListing];
const { yes, no } = instrumentNames(BTC.id);

let lab: VenueLab<KalshiServer>;
const areGood = () => OUTCOMES.every(({ id }) => lab.quality(instrumentNames(id).yes) === 'good');
const open = async (options: Partial<KalshiOptions> = {}) => {
  lab = await VenueLab.kalshi(options);
  await lab.until(areGood);
};
const agrees = (listing: OutcomeListing) =>
  lab.seen(instrumentNames(listing.id).yes, 30).join() === lab.true(listing, 30).join();
afterEach(() => lab.close());

describe('the Kalshi connector over a socket', () => {
  beforeEach(() => open());

  test('sees the truth, level by level, after many changes, and NO from the other side', async () => {
    for (let step = 0; step < 300; step++) lab.truth.step(1);
    await lab.until(() => OUTCOMES.every(agrees));
    const mirror = (id: string) =>
      [...(lab.books.get(id as never)?.bids ?? [])].map(({ price, qty }) => `${10n ** 8n - price} ${qty}`);
    const asks = [...(lab.books.get(yes as never)?.asks ?? [])].map(({ price, qty }) => `${price} ${qty}`);
    expect(mirror(no)).toEqual(asks);
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, framesUnknown: 0, isConnected: true });
    expect(lab.troubles).toEqual([]);
  });

  test('a quiet market is known to hold as long as it is asked for', async () => {
    const before = lab.books.get(yes as never)?.venueAt ?? 0;
    lab.history.length = 0;
    await lab.until(() => (lab.books.get(yes as never)?.venueAt ?? 0) > before + 1_500);
    expect(lab.history.filter(({ quality }) => quality !== 'good')).toEqual([]);
  });

  test('a market that froze silently is found by its whole book, and not told before that was said twice', async () => {
    lab.history.length = 0;
    // The venue changes its book, and says nothing of it.
    lab.venue.quirks.isMute = true;
    lab.truth.setPrice(BTC, 0.8);
    lab.venue.quirks.isMute = false;
    await lab.until(() => agrees(BTC));
    const ours = lab.history.filter(({ instrument }) => instrument === yes).map(({ quality }) => quality);
    expect([...new Set(ours)]).toEqual(['good', 'gapped']);
    expect(lab.feed.health().gaps).toBe(1);
  });

  test('each trade is told once for either outcome, and counts as one', async () => {
    lab.truth.print(BTC, 'bid', { tick: 40, size: 250 });
    await lab.until(() => lab.trades.length === 2);
    expect(lab.trades).toMatchObject([
      { instrument: yes, taker: 'buy', price: 40_000_000n, qty: 250_000_000n },
      { instrument: no, taker: 'sell', price: 60_000_000n, qty: 250_000_000n, isMirrored: true },
    ]);
    lab.venue.tradeFaults.add('duplicate', 1);
    lab.truth.print(BTC, 'ask', { tick: 30, size: 100 });
    lab.truth.print(BTC, 'ask', { tick: 30, size: 100 });
    await lab.until(() => lab.trades.length === 6);
    lab.venue.tradeFaults.add('drop', 1);
    lab.truth.print(BTC, 'ask', { tick: 30, size: 100 });
    lab.truth.print(BTC, 'ask', { tick: 30, size: 100 });
    await lab.until(() => lab.trades.length === 8);
    expect(lab.feed.health()).toMatchObject({ tradeGaps: 1, gaps: 0 });
  });

  test.each([25, 10])('a subscription that the venue ended with %i is one gap, and begins anew', async (code) => {
    lab.venue.endSubscriptions('orderbook_delta', code);
    await lab.until(() => lab.feed.health().gaps === 1);
    await lab.until(() => areGood() && OUTCOMES.every(agrees), lab.step);
    expect(lab.feed.health()).toMatchObject({ gaps: 1, reconnects: 0 });
  });

  test('a tick that changes halts its market until a book with it has come', async () => {
    lab.venue.setRanges(BTC, [{ start: '0.0000', end: '1.0000', step: '0.0010' }]);
    await lab.until(() => lab.life(yes).join() === 'open,halted,open');
    expect(lab.instruments.get(yes as never)).toMatchObject({ priceTick: 100_000n });
  });

  test('an event’s own fees hold at once, and go again', async () => {
    const maker = (rate: bigint) => () => lab.instruments.get(yes as never)?.makerFee.rate === rate;
    lab.venue.setFees(BTC, { type: 'quadratic_with_maker_fees', multiplier: 2 });
    await lab.until(maker(35_000n));
    lab.venue.setFees(BTC, { type: null, multiplier: null });
    await lab.until(maker(0n));
  });
});

describe('the end of a market of Kalshi', () => {
  beforeEach(() => open());

  test.each`
    answer     | value        | yesPays            | noPays
    ${'yes'}   | ${undefined} | ${'resolved 1'}    | ${'resolved 0'}
    ${'no'}    | ${undefined} | ${'resolved 0'}    | ${'resolved 1'}
    ${'50-50'} | ${'0.5000'}  | ${'resolved 0.5'}  | ${'resolved 0.5'}
    ${'50-50'} | ${'0.3500'}  | ${'resolved 0.35'} | ${'resolved 0.65'}
    ${'void'}  | ${undefined} | ${'resolved void'} | ${'resolved void'}
  `('$answer $value: $yesPays and $noPays', async ({ answer, value, yesPays, noPays }) => {
    if (value) lab.venue.quirks.settlements.set(BTC.id, value);
    lab.truth.resolve(BTC, answer);
    await lab.until(() => lab.status(yes) === yesPays && lab.status(no) === noPays);
  });

  test('closed, determined, disputed, settled, corrected', async () => {
    for (const [step, status] of [
      ['close', 'closed'],
      ['pend', 'pending'],
      ['dispute', 'disputed'],
    ] as const) {
      lab.truth.setStatus(BTC, step);
      await lab.until(() => lab.status(yes) === status && lab.status(no) === status);
    }
    lab.truth.resolve(BTC, 'no');
    await lab.until(() => lab.status(yes) === 'resolved 0');
    lab.truth.correct(BTC, 'yes');
    await lab.until(() => lab.status(yes) === 'resolved 1' && lab.status(no) === 'resolved 0');
  });

  test('one that closes early trades nothing from that second on, long before the catalogue is read', async () => {
    await lab.close();
    await open({ tempo: { readEveryMs: 3_600_000, resolvedAgainMs: 3_600_000 } });
    lab.venue.closeAt(BTC, Date.now() + 1_200);
    await lab.until(() => lab.status(yes) === 'halted' && lab.status(no) === 'halted');
    expect(lab.status(instrumentNames(FED.id).yes)).toBe('open');
  });
});

describe('what Kalshi refuses', () => {
  test('a key that it does not know is said once, and the books stay away', async () => {
    lab = await VenueLab.kalshi({ key: { ...KALSHI_KEY, keyId: 'another' } });
    await lab.until(() => lab.feed.health().reconnects >= 3);
    expect(lab.troubles).toEqual([expect.stringMatching(/no connection was had.*401/)]);
    expect(lab.history).toEqual([]);
  });

  test('a door that was closed for a while lets in again', async () => {
    await open();
    lab.venue.quirks.closedDoor = 429;
    lab.venue.disconnect();
    await lab.until(() => lab.troubles.some((what) => /429/.test(what)));
    lab.venue.quirks.closedDoor = undefined;
    await lab.until(() => areGood() && OUTCOMES.every(agrees), lab.step);
  });

  test('markets beyond its limit are halted by name, and the others are followed', async () => {
    lab = await VenueLab.kalshi();
    lab.venue.quirks.marketsMax = 2;
    await lab.until(() => OUTCOMES.filter(({ id }) => lab.quality(instrumentNames(id).yes) === 'good').length === 2);
    const halted = OUTCOMES.filter(({ id }) => lab.status(instrumentNames(id).yes) === 'halted');
    expect(halted.length).toBe(1);
    expect(lab.troubles.filter((what) => /the venue refused it/.test(what)).length).toBe(1);
  });

  test('what it could not take now is asked again', async () => {
    lab = await VenueLab.kalshi();
    lab.venue.quirks.commandsMax = 0;
    await lab.until(() => lab.troubles.some((what) => /\(27\)/.test(what)));
    lab.venue.quirks.commandsMax = 50;
    await lab.until(areGood);
  });

  test('REST that asks for a rest is left alone, and the catalogue is read after it', async () => {
    lab = await VenueLab.kalshi();
    lab.venue.quirks.refusal = { status: 429, retryAfter: '1' };
    await lab.until(() => lab.troubles.some((what) => /catalogue was not read/.test(what)));
    lab.venue.quirks.refusal = undefined;
    await lab.until(areGood);
  });

  test('while the exchange rests nothing trades, and everything does after it', async () => {
    await open();
    lab.venue.quirks.isResting = true;
    await lab.until(() => OUTCOMES.every(({ id }) => lab.status(instrumentNames(id).no) === 'halted'));
    lab.venue.quirks.isResting = false;
    await lab.until(() => OUTCOMES.every(({ id }) => lab.status(instrumentNames(id).no) === 'open'));
  });
});

test('what an earlier run held is followed to its end, though nobody asks for its series any more', async () => {
  await open();
  const held = [...lab.instruments.values()];
  await lab.close();
  lab = await VenueLab.kalshi({ series: [], held: async () => held });
  // The list that names them comes in pages.
  lab.venue.quirks.pageMax = 1;
  await lab.until(areGood);
  lab.truth.resolve(BTC, 'yes');
  await lab.until(() => lab.status(yes) === 'resolved 1');
  lab.venue.delist(FED);
  await lab.until(() => lab.status(instrumentNames(FED.id).yes) === 'halted');
  expect(lab.troubles).toEqual([expect.stringMatching(/KXFEDDECISION.* is halted: it is no longer listed/)]);
});
