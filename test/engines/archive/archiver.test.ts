import { Archiver } from '../../../engines/archive/archiver';
import type { ArchiverMetrics } from '../../../engines/archive/metrics';
import type { Frame, Stored, Tick } from '../../../usecases/ports/archive/archive';
import type { ArchiveSource, Positions, SourceReader } from '../../../usecases/ports/archive/archive-source';
import { frameOf, tickOf } from '../../fixtures/archived';

/** Goal: a position is committed when what is before it is in a file; memory is bounded; nothing is left out. */
const ROLL_MS = 1_000;

function harness() {
  const log: string[] = [];
  const stored: { ticks: Tick[]; frames: Frame[] } = { ticks: [], frames: [] };
  const committed: Positions = new Map();
  const lost: string[] = [];
  let nowMs = 0;
  let failures = 0;
  let reader: SourceReader | undefined;
  const source: ArchiveSource = {
    start: async (given) => {
      reader = given;
      given.onJoined();
    },
    resume: () => log.push('resumed'),
    commit: async (positions) => {
      for (const [place, position] of positions) {
        committed.set(place, position);
        log.push(`committed ${place} ${position}`);
      }
    },
    ends: async () => new Map(),
    committed: async () => committed,
    isReading: () => true,
    stop: async () => {
      log.push('stopped');
    },
  };
  const put = async (what: 'ticks' | 'frames', rows: readonly (Tick | Frame)[]): Promise<readonly Stored[]> => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('no store');
    }
    log.push(`stored ${rows.length} ${what}`);
    (stored[what] as (Tick | Frame)[]).push(...rows);
    return [];
  };
  const metrics: ArchiverMetrics = {
    stored: () => {},
    failed: (set) => log.push(`failed ${set}`),
    lost: (set, records) => lost.push(`${records} ${set}`),
    unreadable: () => {},
    waiting: () => {},
  };
  const archiver = new Archiver({
    source,
    writer: { storeTicks: (rows) => put('ticks', rows), storeFrames: (rows) => put('frames', rows) },
    metrics,
    rollMs: ROLL_MS,
    nowMs: () => nowMs,
    pause: async (ms) => {
      log.push(`paused ${ms}`);
      nowMs += ms;
    },
    onFailure: () => {},
  });
  const take = (offset: number, partition = 0, body?: string) => {
    const tick = tickOf({ at: offset, offset, partition });
    return reader?.take(`market-data/${partition}`, {
      kind: 'tick',
      offset,
      tick: body === undefined ? tick : { ...tick, body },
    });
  };
  const frame = (offset: number) =>
    reader?.take('venue-frames/0', { kind: 'frame', offset, frame: frameOf(offset, offset) });
  return {
    archiver,
    log,
    stored,
    lost,
    take,
    frame,
    rejoin: () => reader?.onJoined(),
    later: (ms: number) => {
      nowMs += ms;
    },
    failNext: (times: number) => {
      failures = times;
    },
  };
}

test('rows wait for their file, and are committed behind it', async () => {
  const { archiver, log, take, frame, later } = harness();
  await archiver.start();
  take(0);
  take(1);
  take(5, 3);
  frame(7);
  await archiver.tend();
  expect(log).toEqual([]);
  later(ROLL_MS);
  await archiver.tend();
  expect(log).toEqual([
    'stored 3 ticks',
    'committed market-data/0 2',
    'committed market-data/3 6',
    'stored 1 frames',
    'committed venue-frames/0 8',
  ]);
  later(ROLL_MS);
  await archiver.tend();
  expect(log).toHaveLength(5);
});

test('what cannot be stored is tried again, later and later, and nothing is committed before', async () => {
  const { archiver, log, take, later, failNext } = harness();
  await archiver.start();
  take(0);
  later(ROLL_MS);
  failNext(3);
  await archiver.tend();
  expect(log).toEqual([
    'failed ticks',
    'paused 500',
    'failed ticks',
    'paused 1000',
    'failed ticks',
    'paused 2000',
    'stored 1 ticks',
    'committed market-data/0 1',
  ]);
});

test('a full buffer takes nothing, and reading goes on when its file is stored', async () => {
  const { archiver, log, take } = harness();
  await archiver.start();
  const megabytes = 'x'.repeat(8 * 1024 * 1024);
  let taken = 0;
  while (take(taken, 0, megabytes)) taken += 1;
  expect(taken).toBe(4);
  expect(take(taken, 0, 'small')).toBe(false);
  await archiver.tend();
  expect(log).toEqual(['stored 4 ticks', 'committed market-data/0 4', 'resumed']);
  expect(take(taken, 0, 'small')).toBe(true);
});

test('after the group was joined anew, what was not committed comes again and is stored once', async () => {
  const { archiver, stored, take, rejoin, later, lost } = harness();
  await archiver.start();
  take(0);
  later(ROLL_MS);
  await archiver.tend();
  take(1);
  take(2);
  rejoin();
  take(1);
  take(2);
  take(3);
  later(ROLL_MS);
  await archiver.tend();
  expect(stored.ticks.map(({ offset }) => offset)).toEqual([0, 1, 2, 3]);
  expect(lost).toEqual([]);
});

test('records that the broker gave up before they were stored are counted', async () => {
  const { archiver, take, rejoin, later, lost } = harness();
  await archiver.start();
  take(4);
  later(ROLL_MS);
  await archiver.tend();
  rejoin();
  take(9);
  expect(lost).toEqual(['4 ticks']);
});

test('an orderly end stores what was taken; without a store it is left to a successor, uncommitted', async () => {
  const good = harness();
  await good.archiver.start();
  good.take(0);
  await good.archiver.stop();
  expect(good.log).toEqual(['stored 1 ticks', 'committed market-data/0 1', 'stopped']);

  const bad = harness();
  await bad.archiver.start();
  bad.take(0);
  bad.failNext(1);
  await bad.archiver.stop();
  expect(bad.log).toEqual(['failed ticks', 'stopped']);
});
