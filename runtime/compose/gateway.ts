import { hostname } from 'node:os';
import { makeAccountStore } from '../../adapters/cockroach/accounts/account-store';
import { ping } from '../../adapters/cockroach/connection/ping.sql';
import { makeAccountJournal } from '../../adapters/cockroach/events/account-journal';
import { makeInstrumentStore } from '../../adapters/cockroach/market-data/instrument-store';
import { makeKafka } from '../../adapters/kafka/connection';
import { quoteDataOf } from '../../adapters/kafka/quote-data';
import { openTopicReader } from '../../adapters/kafka/topic-reader';
import { makeBookStore } from '../../adapters/redis/market-store';
import { makeMarks } from '../../adapters/redis/marks';
import { makeConnectionList, makeConnectionRegistry } from '../../adapters/redis/sessions/connection-registry';
import { hearEndedSessions } from '../../adapters/redis/sessions/session-cache';
import type { AccountId, InstrumentId, SessionId } from '../../domain/kernel/ids';
import { missedEvents } from '../../usecases/events/missed-events';
import { cachedInstruments } from '../../usecases/market-data/cached-instruments';
import type { Caller } from '../../usecases/ports/identity/session';
import { snapshotView } from '../../usecases/trading/read-account';
import { readConfig } from '../config';
import { openDatabase } from '../database';
import { systemClock, uuidIds } from '../edge';
import type { Logger } from '../log';
import { openRedis } from '../redis';
import { composeAdmission } from './admission';
import { boardParts } from './leaderboards';

const CATALOGUE_KEPT_MS = 30_000;
const TOPICS = ['market-data', 'trading', 'assessment', 'rules', 'monte-carlo', 'report'] as const;

/** What the gateway asks of the outside, over the configured database, Redis and brokers. */
export async function composeGateway(log: Logger, onPassedOver: () => void) {
  const { KAFKA_BOOTSTRAP, SERVICE_NAME, PUBLIC_ORIGIN } = readConfig(
    'KAFKA_BOOTSTRAP',
    'SERVICE_NAME',
    'PUBLIC_ORIGIN',
  );
  const database = await openDatabase('websocket');
  const redis = await openRedis();
  const accounts = makeAccountStore(database);
  const instruments = cachedInstruments(makeInstrumentStore(database), systemClock, CATALOGUE_KEPT_MS);
  const books = makeBookStore(redis);
  const { tickets, seats, liveSession } = composeAdmission(database, redis);
  const kafka = await makeKafka(KAFKA_BOOTSTRAP, SERVICE_NAME, log);
  const processId = uuidIds.next<string>();
  const groupId = `${SERVICE_NAME}-${processId}`;
  const reader = await openTopicReader(kafka, { groupId, topics: TOPICS, log, onPassedOver });
  return {
    publicOrigin: new URL(PUBLIC_ORIGIN).origin,
    redeem: tickets.redeem,
    seats,
    boards: boardParts(database, redis),
    registry: makeConnectionRegistry(redis),
    /** Over all gateways together. */
    connections: async () => (await makeConnectionList(redis).pods()).reduce((sum, pod) => sum + pod.connections, 0),
    // A container that starts again in its pod is another process.
    pod: `${hostname()}-${processId.slice(-6)}`,
    marks: makeMarks(redis),
    reader,
    hearEndedSessions: (onEnded: (ids: readonly SessionId[]) => void) => hearEndedSessions(redis, onEnded),
    isSessionAlive: async ({ sessionId }: Caller) => (await liveSession(sessionId)) !== undefined,
    load: async (id: AccountId) => {
      const found = await accounts.load(id);
      return found && { userId: found.userId, snapshot: snapshotView(found) };
    },
    missed: missedEvents(makeAccountJournal(database)),
    quotes: async (ids: readonly InstrumentId[]) => [...(await books.told(ids)).values()].map(quoteDataOf),
    areInstruments: async (ids: readonly InstrumentId[]) => new Set((await instruments.find(ids)).keys()),
    checks: { database: () => database.query(ping), redis: () => redis.ping() },
    newId: () => uuidIds.next<string>(),
    nowMs: () => systemClock.now(),
    random: Math.random,
    close: async () => {
      await reader.stop();
      redis.disconnect();
      await database.close();
    },
  };
}
