import { formatPrice, formatQty } from '../../../../domain/kernel/money';
import { isCrossed } from '../../../../domain/market/book';
import type { Level } from '../../../../domain/market/level';
import type { BinanceServer } from '../../../../local/simulators/binance/server';
import { SPOTS, type SpotListing } from '../../../../local/simulators/truth/listing';
import { VenueLab } from '../../../fixtures/venues/venue-lab';

const [BTC, ETH] = SPOTS as [SpotListing, SpotListing];
const idAt = ({ id }: { readonly id: string }): string => `${id}T`;
const IDS = SPOTS.map(idAt);
const DEPTH = 25;

let lab: VenueLab<BinanceServer>;
/** Every state that the truth was ever in. */
let states: Set<string>;

beforeEach(async () => {
  lab = await VenueLab.binance();
  states = new Set(SPOTS.map((spot) => `${idAt(spot)} ${lab.true(spot, DEPTH).join()}`));
  lab.venue.lens.listen({
    changed: (listing) => void states.add(`${idAt(listing)} ${lab.true(listing, DEPTH).join()}`),
  });
  await lab.until(() => IDS.every((id) => lab.quality(id) === 'good'));
});
afterEach(async () => {
  await lab.close();
  const text = (levels: readonly Level[]) => levels.map(({ price, qty }) => `${formatPrice(price)} ${formatQty(qty)}`);
  const told = lab.history.filter(({ quality }) => quality === 'good');
  const lies = told.filter(
    ({ instrument, bids, asks }) => !states.has(`${instrument} ${[...text(bids), '/', ...text(asks)].join()}`),
  );
  expect(lies).toEqual([]);
  expect(told.some(({ bids, asks }) => isCrossed(bids, asks))).toBe(false);
});

const isTrue = (spot: SpotListing): boolean =>
  lab.quality(idAt(spot)) === 'good' && lab.seen(idAt(spot), DEPTH).join() === lab.true(spot, DEPTH).join();
const areTrue = (): boolean => SPOTS.every(isTrue);
const qualitiesOf = (id: string): readonly string[] =>
  lab.history
    .filter(({ instrument }) => instrument === id)
    .map(({ quality }) => quality)
    .filter((quality, at, all) => quality !== all[at - 1]);
const { health } = { health: () => lab.feed.health() };

test('sees the truth, level by level, after a thousand changes', async () => {
  for (let step = 0; step < 1_000; step++) {
    lab.step();
    if (step % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await lab.until(areTrue);
  expect(health()).toMatchObject({ gaps: 0, framesDropped: 0, isConnected: true, answersOld: 0, tradeGaps: 0 });
  const sequences = lab.history.filter(({ instrument }) => instrument === 'BTC-USDT').map(({ sequence }) => sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  expect(lab.trades.length).toBe(lab.trueTrades.filter(({ listing }) => listing.kind === 'spot').length);
});

test('is told in the currency of its quote, which is not the dollar', async () => {
  await lab.until(() => lab.instruments.size === IDS.length);
  expect([...lab.instruments.keys(), ...lab.books.keys()].filter((id) => id.endsWith('-USD'))).toEqual([]);
  expect(lab.instruments.get('BTC-USDT' as never)).toMatchObject({
    venueSymbol: 'BTCUSDT',
    title: 'BTC/USDT',
    status: 'open',
    priceTick: 10_000_000n,
    qtyStep: 1n,
    qtyMin: 5_000n,
  });
});

/** Goal: one fault of this kind on the diffs: how often a gap is reported, and how many frames were dropped. */
test.each`
  fault          | gaps | framesDropped
  ${'drop'}      | ${1} | ${0}
  ${'jump'}      | ${1} | ${0}
  ${'reorder'}   | ${1} | ${0}
  ${'malformed'} | ${1} | ${1}
  ${'price'}     | ${1} | ${1}
  ${'negative'}  | ${1} | ${1}
  ${'nan'}       | ${1} | ${1}
  ${'duplicate'} | ${0} | ${0}
`('a $fault fault is reported $gaps times, and the book is true again', async ({ fault, gaps, framesDropped }) => {
  lab.history.length = 0;
  lab.venue.faults.add(fault, 1);
  lab.truth.flutter(BTC);
  await lab.until(() => !lab.venue.faults.has(fault));
  await lab.until(() => health().gaps === gaps && lab.history.some(({ quality }) => quality === 'good'), lab.step);
  await lab.until(areTrue);
  expect(health()).toMatchObject({ gaps, framesDropped, answersOld: 0, reconnects: 0 });
  expect(IDS.filter((id) => qualitiesOf(id).includes('gapped'))).toHaveLength(gaps);
});

test('a stale snapshot is asked for again, and never told', async () => {
  for (let step = 0; step < 20; step++) lab.step();
  await lab.until(areTrue);
  lab.venue.faults.add('stale', 2);
  lab.venue.faults.add('drop', 1);
  lab.truth.flutter(BTC);
  await lab.until(
    () => lab.quality('BTC-USDT') === 'gapped',
    () => lab.truth.flutter(BTC),
  );
  await lab.until(
    () => isTrue(BTC),
    () => lab.truth.flutter(BTC),
  );
  expect(health()).toMatchObject({ gaps: 1, answersOld: 2 });
  expect(qualitiesOf('ETH-USDT')).toEqual(['good']);
});

test('frames that come late are no gap', async () => {
  lab.venue.faults.delayMs = 400;
  for (let step = 0; step < 30; step++) {
    lab.step();
    await lab.until(() => true);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  lab.venue.faults.delayMs = 0;
  await lab.until(areTrue);
  expect(health().gaps).toBe(0);
});

test('a connection that stays open and brings nothing is left, its books stale until it is back', async () => {
  lab.venue.faults.isSilent = true;
  lab.step();
  await lab.until(() => lab.quality('BTC-USDT') === 'stale');
  lab.venue.faults.isSilent = false;
  await lab.until(areTrue, lab.step);
  expect(health().reconnects).toBeGreaterThan(0);
});

test('a symbol whose diffs do not come any more costs that book alone, then the connection', async () => {
  lab.venue.forget(BTC);
  const move = () => lab.truth.setPrice(BTC, 91_000 + Math.random() * 100);
  await lab.until(() => lab.quality('BTC-USDT') === 'gapped', move);
  expect(lab.quality('ETH-USDT')).toBe('good');
  await lab.until(() => health().reconnects === 1, move);
  await lab.until(areTrue);
});

test('REST that refuses is asked less, and the book comes once it answers', async () => {
  lab.venue.rest.refusal = { status: 429, retryAfter: '1' };
  lab.venue.faults.add('drop', 1);
  await lab.until(() => health().gaps === 1, lab.step);
  const broken = IDS.find((id) => lab.quality(id) === 'gapped') as string;
  lab.venue.rest.refusal = undefined;
  await lab.until(areTrue);
  expect(qualitiesOf(broken)).toEqual(['good', 'gapped', 'good']);
});

test('a server that shuts down is left for another before it goes: nothing is missed, nothing is stale', async () => {
  const opened = lab.venue.opened;
  lab.venue.shutDown(4_000);
  await lab.until(() => lab.venue.opened === opened + 1, lab.step);
  const until = performance.now() + 5_000;
  await lab.until(() => performance.now() > until, lab.step);
  await lab.until(areTrue);
  expect(health()).toMatchObject({ gaps: 0, reconnects: 0, tradeGaps: 0, isConnected: true });
  expect(IDS.map((id) => qualitiesOf(id).join())).toEqual(['good', 'good', 'good']);
  expect(lab.trades.map(({ tradeId }) => tradeId).length).toBe(
    lab.trueTrades.filter(({ listing }) => listing.kind === 'spot').length,
  );
  expect(lab.venue.opened).toBe(opened + 1);
});

test('a lost connection makes the books stale until they are back', async () => {
  lab.venue.disconnect();
  await lab.until(() => lab.history.some(({ quality }) => quality === 'stale'));
  await lab.until(areTrue, lab.step);
  expect(health()).toMatchObject({ reconnects: 1, gaps: 0 });
});

test('a quiet book is confirmed by REST, at the time of the question', async () => {
  const before = lab.books.get('ETH-USDT' as never);
  await lab.until(() => (lab.books.get('ETH-USDT' as never)?.receivedAt ?? 0) > (before?.receivedAt ?? 0) + 1_500);
  const after = lab.books.get('ETH-USDT' as never);
  expect(after).toMatchObject({ quality: 'good', venueProof: before?.venueProof });
  expect(after?.venueAt).toBeGreaterThan(before?.venueAt ?? 0);
});

test('a crossed book is told as crossed, and never as good', async () => {
  lab.truth.cross(BTC);
  await lab.until(() => lab.quality('BTC-USDT') === 'crossed');
  lab.step();
  await lab.until(areTrue);
});

test('other steps halt the symbol until its book was had anew', async () => {
  lab.venue.rest.setTick(ETH, '0.05');
  await lab.until(() => lab.life('ETH-USDT').join() === 'open,halted,open', lab.step);
  expect(lab.instruments.get('ETH-USDT' as never)?.priceTick).toBe(5_000_000n);
  await lab.until(areTrue);
});

test.each`
  what                   | how                                                               | status
  ${'a paused market'}   | ${() => lab.truth.setStatus(BTC, 'halt')}                         | ${'halted'}
  ${'a break'}           | ${() => lab.venue.rest.setStatus(BTC, 'BREAK')}                   | ${'halted'}
  ${'maintenance'}       | ${() => Object.assign(lab.venue.rest, { isInMaintenance: true })} | ${'halted'}
  ${'a delisted symbol'} | ${() => lab.venue.rest.delist(BTC)}                               | ${'closed'}
`('$what is told as $status', async ({ how, status }) => {
  await lab.until(() => lab.status('BTC-USDT') === 'open');
  how();
  await lab.until(() => lab.status('BTC-USDT') === status);
});

test('it says nothing itself: five messages a second are enough for its pongs', async () => {
  for (let step = 0; step < 50; step++) lab.step();
  await lab.until(areTrue);
  expect(lab.venue.offenders).toBe(0);
  expect(lab.venue.rest.used).toBeLessThan(6_000);
});
