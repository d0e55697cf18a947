import { LiveMarks } from '../../engines/risk/live-marks';
import { Shards } from '../../engines/risk/shards';
import { composeRisk } from '../../runtime/compose/risk';
import { readConfig } from '../../runtime/config';
import { makeLogger } from '../../runtime/log';
import { startEachMinute, startEvery } from '../../runtime/loop';
import { checked, makeMetrics, passedOverCounter, serviceHost } from '../../runtime/service';
import { riskMetrics } from './risk-metrics';
import { type EngineWorker, startShard } from './shard-worker';

const MARKS_EVERY_MS = 250;
const WATCHED_EVERY_MS = 500;
const CATALOGUE_EVERY_MS = 30_000;
const TEND_EVERY_MS = 2_000;
const JUDGED_EVERY_MS = 500;

const { PORT, SERVICE_NAME } = readConfig('PORT', 'SERVICE_NAME');
const log = makeLogger();
const metrics = makeMetrics(SERVICE_NAME);
const failed = (what: string) => (error: unknown) => log.warn({ err: error }, what);

const outside = await composeRisk(log, passedOverCounter(metrics));
const risk = riskMetrics(metrics);
const workers = new Map<number, EngineWorker>();
const shards = new Shards({
  ...outside,
  start: async (fence, seenUntil) => {
    const worker = await startShard(
      {
        outside,
        metrics: risk,
        onFailure: (error, what, accountId) => log.error({ err: error, accountId }, what),
        onLost: (since, exposed) => {
          risk.needsReview(exposed);
          log.error({ shard: fence.shard, since, exposed }, 'needs-review: quotes since then are gone, unjudged');
        },
      },
      fence,
      seenUntil,
    );
    workers.set(fence.shard, worker);
    const { stop } = worker;
    return {
      ...worker,
      stop: async () => {
        workers.delete(fence.shard);
        await stop();
      },
    };
  },
  onFailure: (error, what) => log.error({ err: error }, what),
});
await shards.tend();

const engines = () => [...workers.values()].map(({ engine }) => engine);
/** For orders: at the latest a moment ago everybody was judged, and where not, they judge first. */
const tellJudged = async () => {
  for (const [shard, worker] of workers) {
    const until = worker.judgedUntil();
    if (until !== undefined) await outside.judgedUntil.tell(shard, outside.shards, until);
  }
};
const live = new LiveMarks({ ...outside, engines });
const loops = [
  startEvery(TEND_EVERY_MS, () => shards.tend(), failed('shards were not tended')),
  startEvery(JUDGED_EVERY_MS, tellJudged, failed('how far accounts are judged was not told')),
  startEvery(WATCHED_EVERY_MS, () => live.refreshWatched(), failed('watched accounts are not known')),
  startEvery(CATALOGUE_EVERY_MS, () => live.refreshCatalogue(), failed('what the ways out cost was not read anew')),
  startEvery(MARKS_EVERY_MS, () => live.publish(), failed('marks were not published')),
  startEachMinute(outside.now, () => live.recordEquity(), failed('equity was not recorded')),
];

serviceHost({
  name: SERVICE_NAME,
  port: PORT,
  log,
  metrics,
  ready: async () => ({
    database: await checked(outside.checks.database),
    redis: await checked(outside.checks.redis),
    // A process without a shard stands by for one that fails.
    kafka: [...workers.values()].every((worker) => worker.isReading()) ? 'ok' : 'not reading',
  }),
  stop: async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
    await shards.close();
    await outside.close();
  },
});
