import { makeLeadership } from '../adapters/cockroach/leadership';
import { makeOutbox } from '../adapters/cockroach/outbox-store';
import { makeKafka } from '../adapters/kafka/connection';
import { openEventPublisher } from '../adapters/kafka/event-publisher';
import { relayOutbox } from '../usecases/relay-outbox';
import { readConfig } from './config';
import { openDatabase } from './database';
import { systemClock, thisCopy } from './edge';
import type { Logger } from './log';

/** One connection reads and marks, the other counts the backlog and claims the work. */
const POOL_MAX = 2;

/** The relay over the configured database and brokers. */
export async function composeRelay(log: Logger) {
  const { KAFKA_BOOTSTRAP, SERVICE_NAME } = readConfig('KAFKA_BOOTSTRAP', 'SERVICE_NAME');
  const database = await openDatabase(POOL_MAX);
  const outbox = makeOutbox(database);
  const publisher = await openEventPublisher(await makeKafka(KAFKA_BOOTSTRAP, SERVICE_NAME, log));
  return {
    relay: relayOutbox({ outbox, publisher }),
    backlog: () => outbox.backlog(),
    leadership: makeLeadership(database),
    owner: thisCopy,
    now: systemClock.now,
    close: async () => {
      await publisher.close();
      await database.close();
    },
  };
}
