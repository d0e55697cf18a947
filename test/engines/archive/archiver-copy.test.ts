import { instant } from '../../../domain/kernel/instant';
import { ArchiverCopy } from '../../../engines/archive/archiver-copy';
import type { ArchiveSource } from '../../../usecases/ports/archive/archive-source';

/** Goal: of two copies one works, each time with a source of its own, and it tries again where it could not begin. */
function harness() {
  const log: string[] = [];
  let refusals = 0;
  let opened = 0;
  const source = (): ArchiveSource => {
    const name = `source ${++opened}`;
    return {
      start: async () => {
        if (refusals-- > 0) throw new Error('no broker');
        log.push(`${name} read`);
      },
      resume: () => {},
      commit: async () => {},
      ends: async () => new Map(),
      committed: async () => new Map(),
      isReading: () => true,
      stop: async () => {
        log.push(`${name} closed`);
      },
    };
  };
  const copy = new ArchiverCopy({
    openSource: source,
    writer: { storeTicks: async () => [], storeFrames: async () => [] },
    metrics: { stored: () => {}, failed: () => {}, lost: () => {}, unreadable: () => {}, waiting: () => {} },
    rollMs: 1_000,
    nowMs: () => 0,
    pause: async () => {},
    onFailure: () => {},
    storedUntil: () => ({ look: async () => instant(7) }),
    keepWindows: async (until) => ({ kept: Number(until), owed: 0, oldest: undefined }),
  });
  return {
    copy,
    log,
    refuse: (times: number) => {
      refusals = times;
    },
  };
}

test('a copy that waits reads nothing, keeps nothing, and is ready', async () => {
  const { copy, log } = harness();
  await copy.tend();
  expect(await copy.keepWindows()).toBeUndefined();
  expect(copy.isAtWork()).toBe(true);
  expect(log).toEqual([]);
});

test('it begins and ends with its turn, and each turn has its own source', async () => {
  const { copy, log } = harness();
  copy.begin();
  await copy.tend();
  expect(await copy.keepWindows()).toEqual({ kept: 7, owed: 0, oldest: undefined });
  copy.end();
  await copy.tend();
  copy.begin();
  await copy.tend();
  expect(log).toEqual(['source 1 read', 'source 1 closed', 'source 2 read']);
});

test('without a broker it is not ready, and tries again', async () => {
  const { copy, log, refuse } = harness();
  refuse(1);
  copy.begin();
  await expect(copy.tend()).rejects.toThrow('no broker');
  expect(copy.isAtWork()).toBe(false);
  await copy.tend();
  expect(copy.isAtWork()).toBe(true);
  expect(log).toEqual(['source 1 closed', 'source 2 read']);
});
