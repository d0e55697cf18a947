import { isRetryable, isUnavailable } from '../adapters/cockroach/connection/database-errors';
import { makeDeadLetters } from '../adapters/cockroach/events/dead-letter-store';
import type { EventType } from '../contracts/topics/events';
import { type Consumer, makeConsumer } from './consume-batch';
import { functionDatabase } from './database';
import { uuidIds } from './edge';
import { lazy } from './lazy';
import { makeLogger } from './log';

/**
 * A Lambda handler for a topic: its poison goes to the dead letters, its retries are left to Lambda. `isAway` knows the
 * failures of another part that the consumer needs beside the database.
 */
export const consumerFunction = <T extends EventType>(
  consumer: Consumer<T>,
  isAway: (error: unknown) => boolean = () => false,
) =>
  makeConsumer(consumer, {
    deadLetters: lazy(async () => makeDeadLetters(await functionDatabase(), uuidIds)),
    isTransient: (error) => isUnavailable(error) || isRetryable(error) || isAway(error),
    log: makeLogger(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
