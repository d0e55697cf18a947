import { makeAccountStore, makeOpenAccounts } from '../adapters/cockroach/account-store';
import { ping } from '../adapters/cockroach/ping.sql';
import { makeKafka } from '../adapters/kafka/connection';
import { openTopicReader } from '../adapters/kafka/topic-reader';
import { makeBookStore } from '../adapters/redis/market-store';
import { makeMarks } from '../adapters/redis/marks';
import { STALE_AFTER_MS } from '../domain/assessment/decide-order';
import { tradingDayAt } from '../domain/assessment/trading-day';
import { judgeAccount } from '../usecases/judge-account';
import { markAccount } from '../usecases/mark-account';
import { readConfig } from './config';
import { openDatabase } from './database';
import { sha256Digest, systemClock, uuidIds } from './edge';
import type { Logger } from './log';
import { openRedis } from './redis';

/** As many as judgements run at a time, and one for the pages of the reconciliation. */
const POOL_MAX = 9;
const TOPICS = ['market-data', 'trading', 'assessment'] as const;

/** What the risk-engine asks of the outside. The events' position is taken here, before any account is loaded. */
export async function composeRisk(log: Logger) {
  const { KAFKA_BOOTSTRAP, SERVICE_NAME } = readConfig('KAFKA_BOOTSTRAP', 'SERVICE_NAME');
  const database = await openDatabase(POOL_MAX);
  const redis = await openRedis();
  const kafka = await makeKafka(KAFKA_BOOTSTRAP, SERVICE_NAME, log);
  const reader = await openTopicReader(kafka, { groupId: `${SERVICE_NAME}-${uuidIds.next()}`, topics: TOPICS, log });
  const openAccounts = makeOpenAccounts(database);
  const parts = { clock: systemClock, ids: uuidIds, digest: sha256Digest };
  return {
    reader,
    openAccounts,
    marks: makeMarks(redis),
    judge: judgeAccount({ ...parts, accounts: makeAccountStore(database), books: makeBookStore(redis) }),
    mark: markAccount,
    dayAt: tradingDayAt,
    now: systemClock.now,
    newTrace: () => ({ correlationId: uuidIds.next<string>(), traceparent: null }),
    staleAfterMs: STALE_AFTER_MS,
    checks: { database: () => database.query(ping), redis: () => redis.ping() },
    close: async () => {
      await reader.stop();
      redis.disconnect();
      await database.close();
    },
  };
}
