import { composeRisk } from '../../runtime/compose-risk';
import { readConfig } from '../../runtime/config';
import { makeLogger } from '../../runtime/log';
import { startEachMinute, startEvery } from '../../runtime/loop';
import { checked, makeMetrics, serviceHost } from '../../runtime/service';
import { RiskEngine } from './engine';
import { riskMetrics } from './risk-metrics';

const MARKS_EVERY_MS = 250;
const WATCHED_EVERY_MS = 500;
const DAYS_EVERY_MS = 1_000;
const RECONCILE_EVERY_MS = 60_000;

const { PORT, SERVICE_NAME } = readConfig('PORT', 'SERVICE_NAME');
const log = makeLogger();
const metrics = makeMetrics(SERVICE_NAME);
const failed = (what: string) => (error: unknown) => log.warn({ err: error }, what);

const outside = await composeRisk(log);
const engine = new RiskEngine({
  ...outside,
  metrics: riskMetrics(metrics),
  onFailure: (error, what, accountId) => log.error({ err: error, accountId }, what),
});
// The events' position was taken by composeRisk: what happens while the accounts load is read afterwards.
await engine.reconcile();
await outside.reader.start((event) => engine.onEvent(event));

const loops = [
  startEvery(DAYS_EVERY_MS, () => engine.rollDays(), failed('days could not be opened')),
  startEvery(WATCHED_EVERY_MS, () => engine.refreshWatched(), failed('watched accounts are not known')),
  startEvery(MARKS_EVERY_MS, () => engine.publishMarks(), failed('marks were not published')),
  startEvery(RECONCILE_EVERY_MS, () => engine.reconcile(), failed('open accounts could not be compared')),
  startEachMinute(outside.now, () => engine.recordEquity(), failed('equity was not recorded')),
];

serviceHost({
  name: SERVICE_NAME,
  port: PORT,
  log,
  metrics,
  ready: async () => ({
    database: await checked(outside.checks.database),
    redis: await checked(outside.checks.redis),
    kafka: outside.reader.isReading() ? 'ok' : 'not reading',
  }),
  stop: async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
    await engine.close();
    await outside.close();
  },
});
