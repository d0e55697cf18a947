import { setTimeout as sleep } from 'node:timers/promises';
import { isRetryable, isUnavailable } from '../../adapters/cockroach/connection/database-errors';
import { ping } from '../../adapters/cockroach/connection/ping.sql';
import { makeStudyQueue } from '../../adapters/cockroach/studies/study-queue';
import { makeKafka } from '../../adapters/kafka/connection';
import { openTopicReader, type TopicReader } from '../../adapters/kafka/topic-reader';
import { makeSampler } from '../../adapters/ray/sampler';
import type { Sampler } from '../../usecases/ports/simulation/sampler';
import { readConfig } from '../config';
import { openDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import type { Logger } from '../log';

/** The service itself waits for two minutes until a chunk is played, and says then that it was not. */
const RAY_SILENCE_MS = 130_000;
const HEAR_AGAIN_MS = 1_000;

/** What plays studies, over the configured database, brokers and Ray. */
export async function composeSimulation(log: Logger, onPassedOver: () => void) {
  const config = readConfig('KAFKA_BOOTSTRAP', 'SERVICE_NAME', 'RAY_URL', 'SIMULATIONS_AT_ONCE');
  const { KAFKA_BOOTSTRAP, SERVICE_NAME, RAY_URL } = config;
  const database = await openDatabase('monte-carlo');
  const queue = makeStudyQueue(database);
  const closing = new AbortController();
  let reader: TopicReader | undefined;

  /** Studies wait in the database: an event only says that one has come, and is heard once a broker is there. */
  async function hear(onRequested: () => void): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        const kafka = await makeKafka(KAFKA_BOOTSTRAP, SERVICE_NAME, log);
        const groupId = `${SERVICE_NAME}-${uuidIds.next<string>()}`;
        reader = await openTopicReader(kafka, { groupId, topics: ['monte-carlo'], log, onPassedOver });
        await reader.start(({ type }) => {
          if (type === 'monte-carlo.requested') onRequested();
        });
        return;
      } catch (error) {
        log.warn({ err: error }, 'the topic of studies cannot be read yet');
        await pause(HEAR_AGAIN_MS, closing.signal);
      }
    }
  }

  return {
    queue,
    sampler: RAY_URL === '' ? NO_RAY : makeSampler({ url: RAY_URL.replace(/\/+$/, ''), silenceMs: RAY_SILENCE_MS }),
    atOnce: config.SIMULATIONS_AT_ONCE,
    hear,
    isHearing: () => reader?.isReading() ?? false,
    waiting: () => queue.waiting(systemClock.now()),
    ids: uuidIds,
    now: systemClock.now,
    pause,
    isTransient: (error: unknown) => isUnavailable(error) || isRetryable(error),
    checks: { database: () => database.query(ping) },
    close: async () => {
      closing.abort();
      await reader?.stop();
      await database.close();
    },
  };
}

/** Studies that were asked for while there was one fail by their deadline, with the reason. */
const NO_RAY: Sampler = {
  play: async () => ({ kind: 'away', reason: 'RAY_URL is empty: simulations are switched off' }),
  isReady: async () => false,
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
