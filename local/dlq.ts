import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeDeadLetters } from '../adapters/cockroach/dead-letter-store';
import { makeKafka } from '../adapters/kafka/connection';
import { openLetterPublisher } from '../adapters/kafka/letter-publisher';
import { readConfig } from '../runtime/config';
import { openDatabase } from '../runtime/database';
import { uuidIds } from '../runtime/edge';
import type { DeadLetters, KeptLetter } from '../usecases/ports/outbox';
import { replayLetters } from '../usecases/replay-letters';
import { portsFrom } from './ports';

const USAGE = `npm run dlq                      lists what waits
npm run dlq -- replay all        sends everything to its consumers again, each key in its order
npm run dlq -- replay <key>      the same for one account or assessment`;

const WAIT_MS = 500;
const ATTEMPTS_MAX = 60;

/** Dead letters of DATABASE_SECRET and KAFKA_BOOTSTRAP, or of the local platform. Exit 1: some are still stuck. */
async function main([verb = 'list', key]: readonly string[]): Promise<number> {
  process.env.DATABASE_SECRET ??= pathToFileURL(resolve(__dirname, '../.local/secrets/database.json')).href;
  process.env.KAFKA_BOOTSTRAP ??= `127.0.0.1:${portsFrom(undefined).kafka}`;
  if (verb !== 'list' && !(verb === 'replay' && key)) {
    console.error(USAGE);
    return 2;
  }
  const database = await openDatabase('tool');
  try {
    const letters = makeDeadLetters(database, uuidIds);
    return verb === 'list' ? await list(letters) : await replay(letters, key);
  } finally {
    await database.close();
  }
}

async function list(letters: DeadLetters): Promise<number> {
  const all = await letters.list();
  for (const letter of all) console.log(line(letter));
  console.log(all.length === 0 ? 'No dead letters.' : `${all.length} waiting. ${USAGE}`);
  return 0;
}

async function replay(letters: DeadLetters, key: string | undefined): Promise<number> {
  const { KAFKA_BOOTSTRAP } = readConfig('KAFKA_BOOTSTRAP');
  const publisher = await openLetterPublisher(await makeKafka(KAFKA_BOOTSTRAP, 'dlq'));
  try {
    const wait = () => new Promise<void>((go) => setTimeout(go, WAIT_MS));
    const again = replayLetters({ letters, publisher, wait, attemptsMax: ATTEMPTS_MAX });
    const { released, stuck } = await again((letter) => key === 'all' || letter.key === key);
    for (const letter of released) console.log(`done   ${line(letter)}`);
    for (const letter of stuck) console.log(`stuck  ${line(letter)}`);
    console.log(`${released.length} done, ${stuck.length} keys still stuck`);
    return stuck.length === 0 ? 0 : 1;
  } finally {
    await publisher.close();
  }
}

const line = ({ parkedAt, consumer, topic, partition, offset, key, reason }: KeptLetter): string =>
  `${parkedAt}  ${consumer}  ${topic}/${partition}@${offset}  ${key}  ${reason.replaceAll('\n', ' ')}`;

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
