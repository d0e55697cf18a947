import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Database, makeDatabase } from '../../../adapters/cockroach/connection/database';
import { migrate } from '../../../adapters/cockroach/connection/migrate';
import { makeStudyStore } from '../../../adapters/cockroach/studies/study-store';
import { makeKafka } from '../../../adapters/kafka/connection';
import { silentLog } from '../../../adapters/kafka/log';
import { openTopicReader, type TopicReader } from '../../../adapters/kafka/topic-reader';
import { ensureTopics } from '../../../adapters/kafka/topics';
import { TOPICS } from '../../../contracts/topics/topics';
import type { StudyId } from '../../../domain/kernel/ids';
import { DAY_MS, instant, plusMs } from '../../../domain/kernel/instant';
import { installTools, type Tools } from '../../../local/install/tools';
import { type KafkaBroker, startKafka } from '../../../local/services/kafka';
import { systemClock } from '../../../runtime/edge';
import type { StudyStore } from '../../../usecases/ports/simulation/study-store';
import { freePort } from '../../fixtures/free-port';
import { newStudy } from '../../fixtures/simulation/asked-study';
import { answerAtOnce, lineOf, RayStandIn } from '../../fixtures/simulation/ray-stand-in';
import { freshSecret } from '../cockroach/test-database';
import { environment, startWorkload, type Workload } from './workload';

/**
 * Goal: whatever is killed while a study is played, it ends once, and everybody is told so once. Orchestrators, relay,
 * broker and database are the real ones; what stands in for Ray plays nothing.
 */
const ENDED_WITHIN_MS = 60_000;
const ENDS = ['completed', 'failed', 'cancelled'];

const dir = mkdtempSync(join(tmpdir(), 'simulation-killed-'));
let tools: Tools;
let database: Database;
let studies: StudyStore;
let broker: KafkaBroker;
let startBroker: () => Promise<KafkaBroker>;
let relay: Workload;
let reader: TopicReader;
let ray: RayStandIn;
let start: () => Promise<Workload>;
const copies: Workload[] = [];
/** What was told of each study, in order. */
const told = new Map<string, string[]>();

beforeAll(async () => {
  tools = await installTools(resolve(__dirname, '../../..'), () => undefined);
  const [port, controllerPort] = [await freePort(), await freePort()];
  startBroker = () => startKafka({ libs: tools.kafkaLibs, dir: join(dir, 'kafka'), port, controllerPort });
  const secret = await freshSecret();
  database = makeDatabase(secret, { poolMax: 2 });
  studies = makeStudyStore(database);
  [broker, ray] = await Promise.all([startBroker(), new RayStandIn().listen(), migrate(database)]);
  const kafka = await makeKafka(broker.brokers, 'simulation-killed');
  const shape = { partitions: 3, replicationFactor: 1, config: {} };
  await ensureTopics(
    kafka,
    TOPICS.map((name) => ({ name, ...shape })),
  );
  const env = environment(secret, 'https://desk.example', { redisPort: 1, kafkaBrokers: broker.brokers });
  const variables = { ...env, RAY_URL: ray.url, SIMULATIONS_AT_ONCE: '2' };
  start = () => startWorkload('monte-carlo', variables);
  relay = await startWorkload('event-relay', env);
  copies.push(await start());
  // By now the new topics have leaders, whom a reader asks where to begin.
  reader = await openTopicReader(kafka, { groupId: 'simulation-killed', topics: ['monte-carlo'], log: silentLog });
  await reader.start(({ type, key }) => {
    told.set(key, [...(told.get(key) ?? []), type.slice('monte-carlo.'.length)]);
  });
}, 240_000);

afterAll(async () => {
  await Promise.all([...copies, relay].map((workload) => workload?.stop()));
  await reader?.stop();
  await Promise.all([ray?.stop(), broker?.stop(), database?.close()]);
}, 60_000);

const until = async (what: string, is: () => boolean | Promise<boolean>) => {
  for (const end = Date.now() + ENDED_WITHIN_MS; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    if (await is()) return;
  }
  throw new Error(`${what} within ${ENDED_WITHIN_MS} ms:\n${copies.map((copy) => copy.log()).join('\n')}`);
};

/** A study whose first run is answered, and whose second begins and waits for `answer`. */
async function inTheMiddle(): Promise<{ readonly studyId: StudyId; readonly answer: () => void }> {
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((go) => {
    answer = go;
  });
  let isFirst = true;
  ray.asked.length = 0;
  ray.answering = async (asked, response) => {
    if (isFirst) {
      isFirst = false;
      answerAtOnce(asked, response);
      return;
    }
    response.write(lineOf({ type: 'progress', done: 100, of: asked.paths }));
    await answered;
    if (!response.destroyed) answerAtOnce(asked, response);
  };
  const at = systemClock.now();
  const given = newStudy(at);
  const limits = { openMax: 9, askedMax: 9, askedSince: instant(at - DAY_MS), sameSince: plusMs(at, 0) };
  expect(await studies.request(given, limits)).toBe('requested');
  await until('the second run began', () => ray.asked.length === 2);
  return { studyId: given.studyId, answer };
}

async function endsOnce(studyId: StudyId, status = 'completed') {
  await until('it ended', async () => (await studies.find(studyId))?.status === status);
  await until('its end is told', () => (told.get(studyId) ?? []).some((type) => ENDS.includes(type)));
  // Whatever would be told twice is behind this one.
  const { studyId: last } = await inTheMiddle().then(async (next) => {
    next.answer();
    await until('the next ended', () => (told.get(next.studyId) ?? []).includes('completed'));
    return next;
  });
  expect((told.get(studyId) ?? []).filter((type) => ENDS.includes(type))).toEqual([status]);
  expect(told.get(studyId)?.at(-1)).toBe(status);
  expect(told.get(last)?.[0]).toBe('requested');
}

test('an orchestrator that is killed: another goes on behind the run that is saved', async () => {
  const { studyId, answer } = await inTheMiddle();
  const [first] = copies.splice(0);
  await first?.stop('SIGKILL');
  copies.push(await start());
  await until('it is asked for again', () => ray.asked.length === 3);
  const [one, two, again] = ray.asked.map(({ terms }) => JSON.stringify(terms));
  expect(again).toBe(two);
  expect(again).not.toBe(one);
  answer();
  await endsOnce(studyId);
}, 120_000);

test('one that stood still while another finished its study writes nothing when it wakes', async () => {
  const { studyId, answer } = await inTheMiddle();
  copies[0]?.signal('SIGSTOP');
  copies.push(await start());
  await until('it is asked for again', () => ray.asked.length === 3);
  answer();
  await until('it ended', async () => (await studies.find(studyId))?.status === 'completed');
  copies[0]?.signal('SIGCONT');
  await endsOnce(studyId);
  await copies.pop()?.stop();
}, 120_000);

test('a broker that is killed: the study ends without it, and is told when it is back', async () => {
  const { studyId, answer } = await inTheMiddle();
  await broker.child.stop('SIGKILL', 10_000);
  answer();
  await until('it ended', async () => (await studies.find(studyId))?.status === 'completed');
  broker = await startBroker();
  await endsOnce(studyId);
}, 180_000);

test('a Ray that is gone in the middle of a run is asked again until it is back', async () => {
  const { studyId, answer } = await inTheMiddle();
  const port = Number(new URL(ray.url).port);
  await ray.stop();
  await until('it was missed', () => copies.some((copy) => copy.log().includes('is tried again')));
  const back = new RayStandIn();
  ray = await back.listen(port);
  answer();
  await endsOnce(studyId);
}, 120_000);

test('stopped in good order it gives its study back, and the next goes on at once', async () => {
  const { studyId, answer } = await inTheMiddle();
  const [first] = copies.splice(0);
  expect(await first?.stop('SIGTERM')).toBe(0);
  copies.push(await start());
  await until('it is asked for again', () => ray.asked.length === 3);
  answer();
  await endsOnce(studyId);
}, 120_000);

test('its state and its numbers are there to be read', async () => {
  const [copy] = copies;
  const ready = await fetch(`${copy?.url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', checks: { database: 'ok', kafka: 'ok' } },
  ]);
  const metrics = await (await fetch(`${copy?.url}/metrics`)).text();
  for (const name of ['studies_parted_total', 'runs_total', 'studies_open', 'waiting_oldest_seconds', 'ray_ready']) {
    expect(metrics).toContain(`monte_carlo_${name}`);
  }
});
