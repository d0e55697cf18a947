import fc from 'fast-check';
import { readFrame } from '../../../../adapters/venues/polymarket/wire/read-frame';
import { bookHash } from '../../../../local/simulators/polymarket/market-view';
import type { PolymarketServer } from '../../../../local/simulators/polymarket/server';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';
import { VenueLab } from '../../../fixtures/venues/venue-lab';
import { heldOutcome } from './gamma-story';

const YES = OUTCOMES.map(({ slug }) => `PM-${slug}-YES`);
const NO = OUTCOMES.map(({ slug }) => `PM-${slug}-NO`);

test('whatever comes over the wire, reading it never throws', () => {
  const event = fc.jsonValue().map((v) => JSON.stringify([{ event_type: 'price_change', price_changes: v }, v]));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), event), (text) => {
      readFrame(text);
    }),
  );
});

describe('the Polymarket connector over a socket', () => {
  let lab: VenueLab<PolymarketServer>;
  beforeEach(async () => {
    lab = await VenueLab.polymarket();
    await lab.until(() => [...YES, ...NO].every((id) => lab.quality(id) === 'good'));
  });
  afterEach(() => lab.close());

  const agrees = () =>
    OUTCOMES.every((listing) => lab.seen(`PM-${listing.slug}-YES`, 20).join() === lab.true(listing, 20).join());

  test('sees the truth of both outcomes after a thousand changes', async () => {
    for (let step = 0; step < 1_000; step++) lab.truth.step(1);
    await lab.until(agrees);
    const [yes, no] = [lab.seen(YES[0] as string, 1)[0], lab.seen(NO[0] as string, 1)[2]];
    expect(Number(yes?.split(' ')[0]) + Number(no?.split(' ')[0])).toBeCloseTo(1, 9);
    expect(lab.feed.health()).toMatchObject({ gaps: 0, framesDropped: 0, clockFaults: 0 });
  });

  test('lists both outcomes with the market’s own fee rate and steps', () => {
    expect(lab.instruments.get(YES[0] as never)).toMatchObject({
      kind: 'outcome',
      status: 'open',
      takerFee: { kind: 'probability', rate: 70_000n },
      makerFee: { kind: 'probability', rate: 0n },
      payout: null,
      qtyMin: 500_000_000n,
      outcome: { side: 'yes', marketId: OUTCOMES[0]?.conditionId, eventId: '30000', category: 'Crypto' },
    });
  });

  test('a lost change is found by the venue’s best prices and mended from REST', async () => {
    lab.venue.faults.add('drop', 3);
    lab.truth.setPrice(OUTCOMES[0] as (typeof OUTCOMES)[number], 0.45);
    await lab.until(agrees, lab.step);
  });

  test('a frame that comes twice changes nothing', async () => {
    lab.venue.faults.add('duplicate', 100);
    for (let step = 0; step < 20; step++) lab.truth.step(1);
    await lab.until(agrees);
    expect(lab.feed.health().gaps).toBe(0);
  });

  test.each(['price', 'malformed'] as const)('after a %s fault the book is the truth again', async (fault) => {
    lab.venue.faults.add(fault, 2);
    await lab.until(() => lab.feed.health().framesDropped + lab.feed.health().gaps > 0, lab.step);
    await lab.until(() => agrees() && [...YES, ...NO].every((id) => lab.quality(id) === 'good'));
  });

  test('frames that come in the wrong order do not leave a wrong book', async () => {
    for (let step = 0; step < 10; step++) {
      lab.venue.faults.add('reorder', 1);
      lab.truth.step(1);
    }
    lab.truth.step(1);
    await lab.until(agrees);
  });

  test('a new tick size is told, and the book starts anew', async () => {
    lab.venue.setTick(OUTCOMES[0] as (typeof OUTCOMES)[number], '0.001');
    await lab.until(() => lab.instruments.get(YES[0] as never)?.priceTick === 100_000n);
    await lab.until(() => lab.quality(YES[0] as string) === 'good');
    expect(lab.history.some(({ instrument, quality }) => instrument === YES[0] && quality === 'gapped')).toBe(true);
  });

  test('a socket that stays open and says nothing is caught by asking REST', async () => {
    lab.venue.faults.isSilent = true;
    lab.truth.setPrice(OUTCOMES[2] as (typeof OUTCOMES)[number], 0.7);
    await lab.until(agrees);
    lab.truth.setPrice(OUTCOMES[2] as (typeof OUTCOMES)[number], 0.72);
    await lab.until(() => lab.feed.health().reconnects > 0);
    expect(lab.feed.health().gaps).toBeGreaterThan(1);
  });
});

describe('which markets are followed', () => {
  const [named, held] = [OUTCOMES[0]?.slug as string, OUTCOMES[2]?.slug as string];

  test('those named and those that accounts may hold; one that is not listed is complained of once', async () => {
    const lab = await VenueLab.polymarket({
      markets: [named, 'no-such-market'],
      held: async () => [heldOutcome(held, 'yes'), heldOutcome(held, 'no')],
    });
    await lab.until(() => lab.quality(`PM-${named}-YES`) === 'good' && lab.quality(`PM-${held}-NO`) === 'good');
    expect([...lab.instruments.keys()].sort()).toEqual(
      [`PM-${named}-YES`, `PM-${named}-NO`, `PM-${held}-YES`, `PM-${held}-NO`].sort(),
    );
    expect(lab.troubles).toEqual([
      'polymarket: the market no-such-market cannot be followed: it is not listed by Gamma',
    ]);
    await lab.close();
  });
});

test('the simulator’s book hash is the venue’s: SHA-1 of the compact JSON in its key order', () => {
  const unhashed =
    '{"market":"0xaaaa","asset_id":"1111","timestamp":"1700000000000","hash":"","bids":[{"price":"0.48","size":"30"},' +
    '{"price":"0.49","size":"20"}],"asks":[{"price":"0.53","size":"10"},{"price":"0.52","size":"25"}],' +
    '"min_order_size":"5","tick_size":"0.01","neg_risk":false,"last_trade_price":"0.50"}';
  expect(bookHash(JSON.parse(unhashed))).toBe('1e5fa34b3cf4b5ea93f82009ec61eca1f0b72424');
});
