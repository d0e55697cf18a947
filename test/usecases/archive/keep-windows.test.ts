import { createHash } from 'node:crypto';
import { type AccountId, idOf } from '../../../domain/kernel/ids';
import { type Instant, instant } from '../../../domain/kernel/instant';
import { keepWindows } from '../../../usecases/archive/keep-windows';
import type { Frame, Span, Tick } from '../../../usecases/ports/archive/archive';
import type { OwedWindow } from '../../../usecases/ports/archive/owed-windows';
import { frameOf, tickOf } from '../../fixtures/archived';

/** Goal: around each verdict everything is kept, when it is all there, and what was not kept is owed until it is. */
const AT = Date.parse('2026-03-01T12:00:00Z');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const evidence = (instruments: readonly string[], venues: readonly string[] = []) =>
  JSON.stringify({
    account: { positions: instruments.slice(0, 1).map((instrument) => ({ instrument })), orders: [] },
    quotes: instruments.slice(1).map((instrument, index) => ({ instrument, venue: venues[index] ?? 'kraken' })),
  });

const owedAt = (at: number, id = 'v-1', proof = evidence(['BTC-USD'])): OwedWindow => ({
  accountId: idOf<AccountId>(`account-of-${id}`),
  verdictId: id,
  at: instant(at),
  evidence: proof,
});

function world(ticks: readonly Tick[], frames: readonly Frame[], owed: OwedWindow[]) {
  const files = new Map<string, readonly (Tick | Frame)[] | string>();
  const marked: string[] = [];
  const failed: string[] = [];
  let broken: string | undefined;
  const within = ({ from, to }: Span, at: number) => from <= at && at <= to;
  const put = async (id: string, name: string, rows: readonly (Tick | Frame)[]) => {
    if (name.startsWith(broken ?? '-')) throw new Error('no room');
    const path = `verdicts/${id}/${name}.parquet`;
    files.set(path, rows);
    return { path, rows: rows.length, bytes: rows.length, sha256: sha256(JSON.stringify(rows)) };
  };
  const keep = keepWindows({
    owed: {
      list: async (since) => owed.filter(({ at, verdictId }) => at >= since && !marked.includes(verdictId)),
      kept: async (_, verdictId, __, hash) => {
        expect(hash).toBe(sha256(String(files.get(`${verdictId}/manifest.json`))));
        marked.push(verdictId);
      },
    },
    reader: {
      ticks: async function* (span, instruments) {
        yield* ticks.filter((one) => within(span, one.occurredAt) && instruments?.includes(one.instrument));
      },
      frames: async function* (span, venues) {
        yield* frames.filter((one) => within(span, one.receivedAt) && venues.includes(one.venue));
      },
      covered: async ({ from, to }) => (ticks.length > 0 ? [{ from: from + 20_000, to }] : []),
    },
    keeper: {
      keepTicks: put,
      keepFrames: put,
      keepText: async (id, name, text) => void files.set(`${id}/${name}`, text),
    },
    digest: { sha256 },
    clock: { now: () => instant(AT + 3_600_000) },
    archiveMs: 86_400_000,
    onFailure: (error, { verdictId }) => failed.push(`${verdictId}: ${error}`),
  });
  return { keep, files, marked, failed, breakAt: (name: string | undefined) => (broken = name) };
}

const manifestOf = (files: ReadonlyMap<string, unknown>, id = 'v-1') =>
  JSON.parse(String(files.get(`${id}/manifest.json`)));
const stored = (at: number): Instant => instant(at);

test('a window is kept when its last moment is stored, and not a moment before', async () => {
  const { keep, marked } = world([tickOf({ at: AT, offset: 0 })], [], [owedAt(AT)]);
  expect(await keep(undefined)).toEqual({ kept: 0, owed: 1, oldest: AT });
  expect(await keep(stored(AT + 59_999))).toEqual({ kept: 0, owed: 1, oldest: AT });
  expect(await keep(stored(AT + 60_000))).toEqual({ kept: 1, owed: 0, oldest: undefined });
  expect(marked).toEqual(['v-1']);
});

test('from sixty seconds before to sixty after, of what the account was judged at and of its venues', async () => {
  const times = [-60_001, -60_000, 0, 60_000, 60_001];
  const ticks = times.map((ms, offset) => tickOf({ at: AT + ms, offset }));
  const other = tickOf({ at: AT, offset: 0, partition: 1, instrument: 'ETH-USD' });
  const frames = times.flatMap((ms, number) => [
    frameOf(AT + ms, number),
    frameOf(AT + ms, number, { venue: 'kalshi', connection: 'k' }),
  ]);
  const { keep, files } = world([...ticks, other], frames, [owedAt(AT)]);
  await keep(stored(AT + 60_000));
  expect(files.get('verdicts/v-1/ticks-000.parquet')).toEqual(ticks.slice(1, 4));
  const kept = files.get('verdicts/v-1/frames-kraken-000.parquet') as readonly Frame[];
  expect(kept.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(files.has('verdicts/v-1/frames-kalshi-000.parquet')).toBe(false);
  expect(manifestOf(files)).toMatchObject({
    format: 1,
    verdictId: 'v-1',
    at: '2026-03-01T12:00:00.000Z',
    from: '2026-03-01T11:59:00.000Z',
    to: '2026-03-01T12:01:00.000Z',
    instruments: ['BTC-USD'],
    venues: ['kraken'],
    silent: [],
    missing: [{ from: '2026-03-01T11:59:00.000Z', to: '2026-03-01T11:59:20.000Z' }],
    files: [{ rows: 3 }, { rows: 3 }],
  });
});

test('venues are those of the evidence, of the ticks, and of what a mark was made of', async () => {
  const told = tickOf({ at: AT, offset: 0 });
  const json = JSON.parse(told.body);
  json.data.sources = [{ venue: 'coinbase' }, { venue: 'binance' }];
  const composite = { ...told, body: JSON.stringify(json) };
  const frames = ['binance', 'coinbase', 'kraken', 'polymarket', 'kalshi'].map((venue) =>
    frameOf(AT, 1, { venue, connection: venue }),
  );
  const proof = evidence(['BTC-USD', 'X'], ['polymarket']);
  const { keep, files } = world([composite, { ...told, body: 'noise' }], frames, [owedAt(AT, 'v-1', proof)]);
  await keep(stored(AT + 60_000));
  const { venues, silent } = manifestOf(files);
  expect(venues).toEqual(['binance', 'coinbase', 'kraken', 'polymarket']);
  expect(silent).toEqual(['X']);
});

test('a verdict about nothing that is traded has its manifest, and one of which nothing is stored says so', async () => {
  const { keep, files, marked } = world([], [], [owedAt(AT, 'v-1', evidence([])), owedAt(AT, 'v-2')]);
  expect(await keep(stored(AT + 60_000))).toMatchObject({ kept: 2, owed: 0 });
  expect(manifestOf(files, 'v-1')).toMatchObject({ instruments: [], files: [] });
  expect(manifestOf(files, 'v-2')).toMatchObject({ silent: ['BTC-USD'], files: [], missing: [{}] });
  expect(marked).toEqual(['v-1', 'v-2']);
});

test('what fails is owed still, holds up no other, and comes out the same when it is done again', async () => {
  const ticks = [tickOf({ at: AT, offset: 0 })];
  const frames = [frameOf(AT, 1)];
  const later = owedAt(AT + 1_000, 'v-2', evidence([]));
  const { keep, files, failed, marked, breakAt } = world(ticks, frames, [owedAt(AT), later]);
  breakAt('frames');
  expect(await keep(stored(AT + 90_000))).toEqual({ kept: 1, owed: 1, oldest: AT });
  expect(failed).toEqual(['v-1: Error: no room']);
  expect(marked).toEqual(['v-2']);
  breakAt(undefined);
  expect(await keep(stored(AT + 90_000))).toEqual({ kept: 1, owed: 0, oldest: undefined });
  const undisturbed = world(ticks, frames, [owedAt(AT)]);
  await undisturbed.keep(stored(AT + 90_000));
  expect(files.get('v-1/manifest.json')).toBe(undisturbed.files.get('v-1/manifest.json'));
});

test('a window of many frames goes into several files, in their order', async () => {
  const text = 'x'.repeat(6_000_000);
  const frames = [1, 2, 3, 4, 5].map((number) => frameOf(AT + number, number, { text }));
  const { keep, files } = world([tickOf({ at: AT, offset: 0 })], frames, [owedAt(AT)]);
  await keep(stored(AT + 60_000));
  const numbers = ['000', '001'].map((part) =>
    (files.get(`verdicts/v-1/frames-kraken-${part}.parquet`) as readonly Frame[]).map(({ number }) => number),
  );
  expect(numbers).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});
