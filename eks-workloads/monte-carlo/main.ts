import { Orchestrator } from '../../engines/simulation/orchestrator';
import { composeSimulation } from '../../runtime/compose/simulation';
import { readConfig } from '../../runtime/config';
import { makeLogger } from '../../runtime/log';
import { startEvery } from '../../runtime/loop';
import { checked, makeMetrics, passedOverCounter, serviceHost } from '../../runtime/service';
import { simulationMetrics } from './simulation-metrics';

/** A study whose event was missed, or whose player died, waits no longer than this once it may be claimed. */
const CLAIM_EVERY_MS = 1_000;
const READY_EVERY_MS = 5_000;
const COUNT_EVERY_MS = 5_000;
/** The alarm reads this line, since the agent of the cluster brings lines, and no numbers, to where alarms are. */
const TELL_EVERY_MS = 60_000;

const { PORT, SERVICE_NAME } = readConfig('PORT', 'SERVICE_NAME');
const log = makeLogger();
const metrics = makeMetrics(SERVICE_NAME);
const counted = simulationMetrics(metrics);
const { hear, isHearing, waiting, checks, close, ...outside } = await composeSimulation(
  log,
  passedOverCounter(metrics),
);
const failed = (what: string) => (error: unknown) => log.warn({ err: error }, what);
const orchestrator = new Orchestrator({
  ...outside,
  metrics: counted.simulation,
  nowMs: () => performance.now(),
  onFailure: (error, what) => failed(what)(error),
});

const claim = () => orchestrator.claim();
const loops = [
  startEvery(CLAIM_EVERY_MS, claim, failed('studies could not be claimed')),
  startEvery(
    READY_EVERY_MS,
    async () => counted.rayReady(await orchestrator.tellReady()),
    failed('whether Ray is ready could not be told'),
  ),
  startEvery(
    COUNT_EVERY_MS,
    async () => {
      const { open, oldestMs } = await waiting();
      counted.waiting(open, oldestMs);
    },
    failed('waiting studies could not be counted'),
  ),
  startEvery(
    TELL_EVERY_MS,
    async () => {
      const { open, oldestMs } = await waiting();
      log.info({ studiesOpen: open, oldestStudyS: Math.round(oldestMs / 1_000) }, 'studies that have not ended');
    },
    failed('waiting studies could not be told'),
  ),
];
const hearing = hear(() => void claim().catch(failed('studies could not be claimed')));

serviceHost({
  name: SERVICE_NAME,
  port: PORT,
  log,
  metrics,
  // Studies wait in the database for either of them; Ray is asked for each study, and counted beside.
  shared: ['database', 'kafka'],
  ready: async () => ({
    database: await checked(checks.database),
    kafka: isHearing() ? 'ok' : 'not reading',
  }),
  stop: async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
    await orchestrator.stop();
    await close();
    await hearing;
  },
});
