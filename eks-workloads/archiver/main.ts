import { setTimeout as pause } from 'node:timers/promises';
import { ArchiverCopy } from '../../engines/archive/archiver-copy';
import { composeArchiver } from '../../runtime/compose/archiver';
import { readConfig } from '../../runtime/config';
import { startLeading } from '../../runtime/leader';
import { makeLogger } from '../../runtime/log';
import { startEvery } from '../../runtime/loop';
import { checked, makeMetrics, serviceHost } from '../../runtime/service';
import { archiverMetrics } from './archiver-metrics';

const TEND_EVERY_MS = 250;
const WINDOWS_EVERY_MS = 5_000;
const TELL_EVERY_MS = 60_000;
const EXPIRE_EVERY_MS = 3_600_000;

const { PORT, SERVICE_NAME } = readConfig('PORT', 'SERVICE_NAME');
const log = makeLogger();
const metrics = makeMetrics(SERVICE_NAME);
const counted = archiverMetrics(metrics);
const { checks, close, leadership, owner, now, expire, ...outside } = await composeArchiver(log, (error, owed) => {
  counted.windowFailed();
  log.error({ err: error, verdictId: owed.verdictId }, 'the window around a verdict was not kept');
});
const failed = (what: string) => (error: unknown) => log.warn({ err: error }, what);
const copy = new ArchiverCopy({
  ...outside,
  metrics: counted.archiver,
  nowMs: () => performance.now(),
  pause: (ms) => pause(ms),
  onFailure: (error, what) => log.error({ err: error }, what),
});

let toldAt = 0;
/** The alarm reads this line: the agent of the cluster brings lines, and no numbers, to where alarms are. */
const tellWindows = (kept: number, owed: number, oldestOwedS: number) => {
  if (kept === 0 && now() - toldAt < TELL_EVERY_MS) return;
  toldAt = now();
  log.info({ kept, owed, oldestOwedS }, 'windows around verdicts');
};

const leader = startLeading({
  leadership,
  owner,
  role: SERVICE_NAME,
  now,
  begin: () => copy.begin(),
  end: () => copy.end(),
  onFailure: failed('nobody could be asked who archives'),
});
const loops = [
  startEvery(TEND_EVERY_MS, () => copy.tend(), failed('what was due was not stored')),
  startEvery(
    WINDOWS_EVERY_MS,
    async () => {
      const state = await copy.keepWindows();
      if (!state) return;
      const oldestOwedS = state.oldest === undefined ? 0 : Math.max(0, Math.round((now() - state.oldest) / 1_000));
      counted.windows(state.kept, state.owed, oldestOwedS);
      tellWindows(state.kept, state.owed, oldestOwedS);
    },
    failed('windows around verdicts could not be looked for'),
  ),
  startEvery(EXPIRE_EVERY_MS, async () => expire(), failed('what is too old was not removed')),
];

serviceHost({
  name: SERVICE_NAME,
  port: PORT,
  log,
  metrics,
  ready: async () => ({
    database: await checked(checks.database),
    archive: await checked(checks.archive),
    kafka: copy.isAtWork() ? 'ok' : 'not reading',
  }),
  stop: async () => {
    copy.end();
    await Promise.all(loops.map((loop) => loop.stop()));
    await copy.tend();
    await leader.stop();
    await close();
  },
});
