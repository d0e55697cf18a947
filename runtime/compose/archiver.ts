import { makeArchiveReader, makeArchiveWriter, makeVerdictKeeper } from '../../adapters/archive/archive';
import { openFileStore } from '../../adapters/archive/open-store';
import { makeOwedWindows } from '../../adapters/cockroach/assessments/kept-windows';
import { ping } from '../../adapters/cockroach/connection/ping.sql';
import { makeLeadership } from '../../adapters/cockroach/leases/leadership';
import { openArchiveSource } from '../../adapters/kafka/archive/archive-source';
import { makeKafka } from '../../adapters/kafka/connection';
import { DAY_MS, plusMs } from '../../domain/kernel/instant';
import { keepWindows } from '../../usecases/archive/keep-windows';
import { StoredUntil } from '../../usecases/archive/stored-until';
import type { OwedWindow } from '../../usecases/ports/archive/owed-windows';
import { readConfig } from '../config';
import { openDatabase } from '../database';
import { sha256Digest, systemClock, thisCopy, uuidIds } from '../edge';
import type { Logger } from '../log';

/** The archive over the configured store, brokers and database. */
export async function composeArchiver(log: Logger, onFailure: (error: unknown, owed: OwedWindow) => void) {
  const config = readConfig('KAFKA_BOOTSTRAP', 'SERVICE_NAME', 'ARCHIVE_URL', 'ARCHIVE_DAYS', 'ARCHIVE_ROLL_S');
  const database = await openDatabase('archiver');
  const kafka = await makeKafka(config.KAFKA_BOOTSTRAP, config.SERVICE_NAME, log);
  const store = await openFileStore(config.ARCHIVE_URL);
  const archiveMs = config.ARCHIVE_DAYS * DAY_MS;
  return {
    /** A source of its own for each time that this copy is at work. */
    openSource: () => openArchiveSource(kafka, config.SERVICE_NAME),
    writer: makeArchiveWriter(store, uuidIds, thisCopy),
    keepWindows: keepWindows({
      owed: makeOwedWindows(database),
      reader: makeArchiveReader(store),
      keeper: makeVerdictKeeper(store),
      digest: sha256Digest,
      clock: systemClock,
      archiveMs,
      onFailure,
    }),
    storedUntil: (source: ReturnType<typeof openArchiveSource>) => new StoredUntil({ source, clock: systemClock }),
    expire: async () => store.expire?.(plusMs(systemClock.now(), -archiveMs)),
    rollMs: config.ARCHIVE_ROLL_S * 1_000,
    leadership: makeLeadership(database),
    owner: thisCopy,
    now: systemClock.now,
    checks: { database: () => database.query(ping), archive: makeSeldom(() => store.list('ticks/none/')) },
    close: () => database.close(),
  };
}

const ASKED_EVERY_MS = 60_000;

/** A bucket is asked once a minute: probes come every few seconds, and each question is paid for. */
function makeSeldom(ask: () => Promise<unknown>): () => Promise<void> {
  let askedAt: number | undefined;
  return async () => {
    if (askedAt !== undefined && systemClock.now() - askedAt < ASKED_EVERY_MS) return;
    await ask();
    askedAt = systemClock.now();
  };
}
