import { makeOutbox } from '../../adapters/cockroach/events/outbox-store';
import { makeLeadership } from '../../adapters/cockroach/leases/leadership';
import { makeKafka } from '../../adapters/kafka/connection';
import { openEventPublisher } from '../../adapters/kafka/event-publisher';
import { relayOutbox } from '../../usecases/events/relay-outbox';
import { readConfig } from '../config';
import { openDatabase } from '../database';
import { systemClock, thisCopy } from '../edge';
import type { Logger } from '../log';

/** The relay over the configured database and brokers. */
export async function composeRelay(log: Logger, countParked: () => void) {
  const { KAFKA_BOOTSTRAP, SERVICE_NAME } = readConfig('KAFKA_BOOTSTRAP', 'SERVICE_NAME');
  const database = await openDatabase('event-relay');
  const outbox = makeOutbox(database);
  const publisher = await openEventPublisher(await makeKafka(KAFKA_BOOTSTRAP, SERVICE_NAME, log));
  return {
    relay: relayOutbox({
      outbox,
      publisher,
      onParked: ({ eventId, topic, key, reason }) => {
        log.error({ consumer: SERVICE_NAME, eventId, topic, key, reason }, 'parked');
        countParked();
      },
    }),
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
