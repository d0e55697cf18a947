import { setTimeout as sleep } from 'node:timers/promises';
import { makeAccountStore } from '../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../adapters/cockroach/assessments/assessment-store';
import { makeAccountJournal } from '../../adapters/cockroach/events/account-journal';
import { makeAuditLog } from '../../adapters/cockroach/events/audit-store';
import { makeDeadLetters } from '../../adapters/cockroach/events/dead-letter-store';
import { makeIdentityStore } from '../../adapters/cockroach/identity/identity-store';
import { makeKafka } from '../../adapters/kafka/connection';
import { openLetterPublisher } from '../../adapters/kafka/letter-publisher';
import { makeUnreadableFrames } from '../../adapters/redis/past/unreadable-frames';
import { makeSessionCache } from '../../adapters/redis/session-cache';
import type { LetterLine, OperatorRequest, OperatorResult } from '../../contracts/operations/commands';
import { type Operated, operate } from '../../usecases/operations/operate';
import type { KeptLetter } from '../../usecases/ports/events/outbox';
import { readConfig } from '../config';
import { functionDatabase } from '../database';
import { sha256Digest, systemClock, uuidIds } from '../edge';
import { lazy } from '../lazy';
import { makeLogger } from '../log';
import { openRedis } from '../redis';

const WAIT_MS = 500;
const ATTEMPTS_MAX = 60;
/** The function is given five minutes; a letter whose consumer does not take it is waited for at the longest. */
const TIME_MS = 4 * 60_000;

/** What operators may do, in the cloud by the function `operate`, on a laptop in the process of the command itself. */
export const operations = lazy(async () => {
  const log = makeLogger();
  const database = await functionDatabase();
  const publisher = lazy(async () => {
    const { KAFKA_BOOTSTRAP } = readConfig('KAFKA_BOOTSTRAP');
    return openLetterPublisher(await makeKafka(KAFKA_BOOTSTRAP, 'operate', log));
  });
  const cache = lazy(async () => makeSessionCache(await openRedis()));
  const opened = { publisher: false, redis: false };
  const does = operate({
    identities: makeIdentityStore(database),
    // Opened by what needs it: letters can be looked at while Redis is away.
    cache: {
      forget: async (sessions) => {
        opened.redis = true;
        await (await cache()).forget(sessions);
      },
    },
    letters: makeDeadLetters(database, uuidIds),
    unreadable: {
      latest: async (venue, limit) => {
        opened.redis = true;
        return makeUnreadableFrames(await openRedis()).latest(venue, limit);
      },
    },
    assessments: makeAssessmentStore(database),
    accounts: makeAccountStore(database),
    journal: makeAccountJournal(database),
    audit: makeAuditLog(database),
    publisher: () => {
      opened.publisher = true;
      return publisher();
    },
    clock: systemClock,
    ids: uuidIds,
    digest: sha256Digest,
    attemptsMax: ATTEMPTS_MAX,
    wait: async () => {
      await sleep(WAIT_MS);
    },
  });
  return {
    operate: async ({ by, command }: OperatorRequest, requestId: string): Promise<OperatorResult> => {
      const began = performance.now();
      log.info({ command: command.command, by, requestId }, 'an operator asks');
      const isTimeUp = () => performance.now() - began > TIME_MS;
      const operated = await does(command, { by, requestId, isTimeUp });
      log.info({ command: command.command, outcome: operated.outcome, requestId }, 'operated');
      return onTheWire(operated);
    },
    close: async () => {
      if (opened.publisher) await (await publisher()).close();
      if (opened.redis) (await openRedis()).disconnect();
      await database.close();
    },
  };
});

function onTheWire(operated: Operated): OperatorResult {
  switch (operated.outcome) {
    case 'letters':
      return { outcome: 'letters', letters: operated.letters.map(lineOf) };
    case 'letter':
      return { outcome: 'letter', letter: { ...lineOf(operated.letter), value: operated.letter.value } };
    case 'replayed': {
      const { released, stuck, isMore } = operated;
      return { outcome: 'replayed', released: released.map(lineOf), stuck: stuck.map(lineOf), isMore };
    }
    case 'unreadable': {
      const frames = operated.frames.map(({ receivedAt, text }) => ({ receivedAt: isoOf(receivedAt), text }));
      return { outcome: 'unreadable', frames };
    }
    case 'granted':
      return { outcome: 'granted', roles: [...operated.roles] };
    default:
      return operated;
  }
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** A letter without its value, which may be a megabyte. */
const lineOf = ({ id, parkedAt, consumer, topic, partition, offset, key, reason }: KeptLetter): LetterLine => ({
  id,
  parkedAt,
  consumer,
  topic,
  partition,
  offset,
  key,
  reason,
});
