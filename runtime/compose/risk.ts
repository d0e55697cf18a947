import { makeArchiveReader } from '../../adapters/archive/archive';
import { openFileStore } from '../../adapters/archive/open-store';
import { makeOpenAccounts } from '../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { ping } from '../../adapters/cockroach/connection/ping.sql';
import { makeEngineLeases } from '../../adapters/cockroach/leases/engine-leases';
import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { makeSettlementStore } from '../../adapters/cockroach/settlements/settlement-store';
import { makeSignalStore } from '../../adapters/cockroach/surveillance/signal-store';
import { makeKafka } from '../../adapters/kafka/connection';
import { openTopicReader } from '../../adapters/kafka/topic-reader';
import { makeMarks } from '../../adapters/redis/marks';
import { STALE_AFTER_MS } from '../../domain/assessment/context/decision-context';
import type { Instant } from '../../domain/kernel/instant';
import { judgeAccount } from '../../usecases/judging/judge-account';
import { judgePastFenced } from '../../usecases/judging/judge-past-fenced';
import { markAccount } from '../../usecases/judging/mark-account';
import { settleOutcome } from '../../usecases/judging/settle-outcome';
import type { TapeSource } from '../../usecases/ports/market-data/market-data';
import { readConfig } from '../config';
import { openDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import type { Logger } from '../log';
import { openRedis } from '../redis';
import { composeDecisions } from './decisions';

const TOPICS = ['market-data', 'trading', 'assessment', 'rules'] as const;

/** What the risk-engine asks of the outside. */
export async function composeRisk(log: Logger, onPassedOver: () => void) {
  const { ARCHIVE_URL, KAFKA_BOOTSTRAP, SERVICE_NAME, RISK_SHARDS, RISK_SHARDS_MINE } = readConfig(
    'ARCHIVE_URL',
    'KAFKA_BOOTSTRAP',
    'SERVICE_NAME',
    'RISK_SHARDS',
    'RISK_SHARDS_MINE',
  );
  const database = await openDatabase('risk-engine');
  const redis = await openRedis();
  const kafka = await makeKafka(KAFKA_BOOTSTRAP, SERVICE_NAME, log);
  const archive = makeArchiveReader(await openFileStore(ARCHIVE_URL));
  const settlements = makeSettlementStore(database);
  const verdicts = makeAssessmentStore(database);
  const signals = makeSignalStore(database);
  const parts = composeDecisions(database, redis);
  const instruments = makeInstrumentStore(database);
  return {
    shards: RISK_SHARDS,
    mine: RISK_SHARDS_MINE,
    owner: uuidIds.next<string>(),
    leases: makeEngineLeases(database),
    judgedUntil: parts.judgedUntil,
    openAccounts: makeOpenAccounts(database),
    instruments,
    catalogue: parts.instruments,
    accountsIn: settlements.accountsIn,
    marks: makeMarks(redis),
    mark: markAccount,
    /** A judge that sees the venues' trades of `tape`. */
    judgeWith: (tape: TapeSource) => ({
      judge: judgeAccount({ ...parts, tape }),
      judgePast: judgePastFenced({ ...parts, tape }),
      // Payouts are never read from a cache: a correction is told the moment it is written.
      settle: settleOutcome({ ...parts, tape, instruments, settlements, verdicts, signals }),
    }),
    /** Reads account events from now on, and quotes from `since` on: from the archive what the topic no longer has. */
    openReader: (since: Instant | undefined) =>
      openTopicReader(kafka, {
        groupId: `${SERVICE_NAME}-${uuidIds.next()}`,
        topics: TOPICS,
        ...(since !== undefined && {
          rewind: { topic: 'market-data', to: since, archived: { archive, until: systemClock.now() } },
        }),
        log,
        onPassedOver,
      }),
    now: systemClock.now,
    newTrace: () => ({ correlationId: uuidIds.next<string>(), traceparent: null }),
    staleAfterMs: STALE_AFTER_MS,
    checks: { database: () => database.query(ping), redis: () => redis.ping() },
    close: async () => {
      redis.disconnect();
      await database.close();
    },
  };
}
