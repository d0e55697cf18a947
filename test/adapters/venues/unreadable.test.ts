import { noCounts } from '../../../adapters/venues/counts';
import { booksLost } from '../../../adapters/venues/kraken/frames';
import { readFrame } from '../../../adapters/venues/polymarket/wire/read-frame';
import { Unreadable } from '../../../adapters/venues/unreadable';
import { instant } from '../../../domain/kernel/instant';
import type { PolymarketServer } from '../../../local/simulators/polymarket/server';
import { OUTCOMES, SPOTS } from '../../../local/simulators/truth/listing';
import { captured } from '../../captures/captured';
import { VenueLab } from '../../fixtures/venues/venue-lab';
import { bookOf, FollowedLab, START } from './polymarket/followed-lab';

const whole = (given: object): object => ({ price: '0.50', size: '7', side: 'BUY', hash: 'x', ...given });
const event = (...price_changes: readonly unknown[]): object => ({
  event_type: 'price_change',
  timestamp: `${START}`,
  price_changes,
});
const readOf = (frame: unknown): string =>
  readFrame(JSON.stringify(frame))
    .events.map((read) => {
      if (read.event_type === 'lost') return `lost ${read.assets === 'all' ? 'all' : read.assets.join('+')}`;
      return read.event_type === 'price_change' ? read.price_changes.map(({ asset_id }) => asset_id).join('+') : '?';
    })
    .join(', ');

/** Goal: whose books a change may have altered that cannot be read: as few as it says, and all where it does not. */
test.each`
  story                                  | frame                                                                   | read
  ${'both tokens'}                       | ${event(whole({ asset_id: '1' }), whole({ asset_id: '2' }))}            | ${'1+2'}
  ${'one bad level of two tokens'}       | ${event(whole({ asset_id: '1' }), whole({ asset_id: '2', price: 7 }))}  | ${'1, lost 2'}
  ${'one bad level of ten of one token'} | ${event(...Array(9).fill(whole({ asset_id: '1' })), { asset_id: '1' })} | ${'1+1+1+1+1+1+1+1+1, lost 1'}
  ${'a level of no token'}               | ${event(whole({ asset_id: '1' }), whole({}))}                           | ${'1, lost all'}
  ${'a level that is none'}              | ${event(whole({ asset_id: '1' }), null)}                                | ${'1, lost all'}
  ${'no time'}                           | ${{ ...event(whole({ asset_id: '1' })), timestamp: 'noon' }}            | ${'lost 1'}
  ${'nothing at all'}                    | ${{ event_type: 'price_change' }}                                       | ${'lost all'}
  ${'a word for the list'}               | ${{ ...event(), price_changes: 'many', asset_id: '1' }}                 | ${'lost 1'}
  ${'an empty list'}                     | ${event()}                                                              | ${''}
  ${'no JSON'}                           | ${undefined}                                                            | ${'lost all'}
`('$story: $read', ({ frame, read }) => {
  expect(frame === undefined ? readFrame('{"event_type":').events : readOf(frame)).toEqual(
    frame === undefined ? [{ event_type: 'lost', what: 'frame', assets: 'all' }] : read,
  );
});

/** Goal: the forms that were seen of old are read. */
test.each`
  form                    | name                               | changes
  ${'one change'}         | ${'polymarket/py_price_change'}    | ${['0.514 × 21574.08 SELL']}
  ${'a list, with bests'} | ${'polymarket/py_price_change_v2'} | ${['0.6 × 3300 BUY', '0.5 × 3400 BUY', '0.7 × 3400 BUY']}
`('$form', ({ name, changes }) => {
  const { events, dropped } = readFrame(JSON.stringify(captured(name)));
  const [read] = events;
  expect(dropped).toBe(0);
  expect(
    read?.event_type === 'price_change' && read.price_changes.map((c) => `${c.price} × ${c.size} ${c.side}`),
  ).toEqual(changes);
});

test('a list of changes under one token is read as well', () => {
  const { asset_id: _, ...level } = whole({}) as { asset_id?: string };
  expect(readOf({ event_type: 'price_change', timestamp: `${START}`, asset_id: '5', changes: [level, level] })).toBe(
    '5+5',
  );
});

test('a book that lost a change is not trusted until a whole one has come, and loses nothing more by it', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START - 1_000));
  lab.rest = bookOf('1', '0.48x30', '0.51x10', START + 1);
  lab.hear(event(whole({ asset_id: '1', price: null })));
  expect(lab.qualities()).toBe('good gapped');
  await lab.pass(1_000);
  expect(lab.last()).toBe('good 0.48/0.51');
  lab.hear(event(whole({ asset_id: '2', price: null })));
  expect(lab.last()).toBe('good 0.48/0.51');
  expect(lab.counts.gaps).toBe(1);
});

test('an answer of REST that was under way when something was lost may lack it', async () => {
  const lab = new FollowedLab();
  lab.hear(bookOf('1', '0.49x30', '0.51x10', START - 1_000));
  lab.rest = bookOf('1', '0.48x30', '0.51x10', START + 1);
  lab.hear(event(whole({ asset_id: '1', price: null })));
  lab.hear(event(whole({ asset_id: '1', price: null })));
  await new Promise((resolve) => setImmediate(resolve));
  expect(lab.qualities()).toBe('good gapped');
  await lab.pass(2_000);
  expect(lab.last()).toBe('good 0.48/0.51');
});

test('five within a minute ring, once for the run', () => {
  const [alarms, counts]: [string[], ReturnType<typeof noCounts>] = [[], noCounts()];
  const kept: string[] = [];
  const unreadable = new Unreadable({
    venue: 'polymarket',
    counts,
    onFrame: ({ venue, text }) => void kept.push(`${venue} ${text}`),
    onAlarm: (what) => void alarms.push(what),
  });
  const take = (times: number, everyMs: number, from: number) => {
    for (let at = 0; at < times; at++) unreadable.take(1, '{"event_type":"novel"}', instant(from + at * everyMs));
  };
  take(4, 1_000, START);
  expect(alarms).toEqual([]);
  take(20, 1_000, START + 4_000);
  expect(alarms).toEqual([expect.stringMatching(/^polymarket: 5 events .* could not be read, the last: .*novel/)]);
  take(10, 20_000, START + 600_000);
  expect(alarms).toHaveLength(1);
  take(5, 1_000, START + 3_600_000);
  expect([alarms.length, counts.unreadableRuns, counts.framesDropped]).toEqual([2, 2, 39]);
  // Six a minute are kept as they came: of the run of 24 s six, of the slow ones all, of the last run all.
  expect(kept).toEqual(Array(6 + 10 + 5).fill('polymarket {"event_type":"novel"}'));
});

/** Goal: the same of Kraken's frames. */
test.each`
  story                   | frame                                                              | lost
  ${'half a frame'}       | ${'{"channel":"book","data":[{"symbol":"BTC/USD"'}                 | ${'all'}
  ${'a book of a symbol'} | ${'{"channel":"book","data":[{"symbol":"BTC/USD","bids":7}]}'}     | ${['BTC/USD']}
  ${'a book of nothing'}  | ${'{"channel":"book","data":[]}'}                                  | ${'all'}
  ${'a book without one'} | ${'{"channel":"book","data":[{"symbol":"BTC/USD"},{"symbol":7}]}'} | ${'all'}
  ${'a trade'}            | ${'{"channel":"trade","data":[{"symbol":"BTC/USD"}]}'}             | ${[]}
  ${'a list'}             | ${'[]'}                                                            | ${'all'}
`('Kraken, $story: $lost', ({ frame, lost }) => {
  expect(booksLost(frame)).toEqual(lost);
});

describe('over a socket', () => {
  test('a Kraken book that lost its last change is asked for anew, though no later one shows it', async () => {
    const lab = await VenueLab.kraken();
    const [listing] = SPOTS as readonly [(typeof SPOTS)[number]];
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good'));
    lab.venue.inject(`{"channel":"book","type":"update","data":[{"symbol":"${listing.symbol}","bids":7}]}`);
    await lab.until(() => lab.feed.health().gaps === 1);
    await lab.until(() => SPOTS.every(({ id }) => lab.quality(id) === 'good'));
    const gapped = lab.history.filter(({ quality }) => quality === 'gapped').map(({ instrument }) => instrument);
    expect(gapped).toEqual([listing.id]);
    await lab.close();
  });

  test.each(['list', 'flat'] as const)('a venue that speaks the older form (%s) is followed', async (schema) => {
    const lab: VenueLab<PolymarketServer> = await VenueLab.polymarket();
    await lab.until(() => OUTCOMES.every(({ slug }) => lab.quality(`PM-${slug}-NO`) === 'good'));
    lab.venue.quirks.schema = schema;
    for (let step = 0; step < 50; step++) lab.truth.step(1);
    await lab.until(() =>
      OUTCOMES.every((listing) => lab.seen(`PM-${listing.slug}-YES`, 20).join() === lab.true(listing, 20).join()),
    );
    expect(lab.feed.health()).toMatchObject({ framesDropped: 0, unreadableRuns: 0 });
    await lab.close();
  });

  test('a venue that speaks a form that nobody knows rings, and none of its books is good', async () => {
    const lab: VenueLab<PolymarketServer> = await VenueLab.polymarket();
    await lab.until(() => OUTCOMES.every(({ slug }) => lab.quality(`PM-${slug}-NO`) === 'good'));
    for (let at = 0; at < 6; at++) lab.venue.inject(JSON.stringify({ event_type: 'price_change', v: 3, levels: [] }));
    await lab.until(() => lab.alarms.length === 1);
    expect(lab.feed.health()).toMatchObject({ unreadableRuns: 1, framesDropped: 6 });
    expect([...lab.books.values()].filter(({ quality }) => quality === 'good')).toEqual([]);
    await lab.until(() => OUTCOMES.every(({ slug }) => lab.quality(`PM-${slug}-NO`) === 'good'));
    await lab.close();
  });
});
