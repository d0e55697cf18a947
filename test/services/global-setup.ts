import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installTools } from '../../local/install/tools';
import { startKafka } from '../../local/services/kafka';
import { startPostgres } from '../../local/services/postgres';
import { startRedis } from '../../local/services/redis';
import { freePort } from '../fixtures/free-port';

/** Where the servers listen; test files read it through `services.ts`. */
export type ServiceFacts = { readonly postgresUrl: string; readonly redisPort: number; readonly kafkaBrokers: string };

type Running = { readonly stop: () => Promise<void> };

/** Starts PostgreSQL, Redis and Kafka once for all the projects that need them. */
export default async function setUp(): Promise<void> {
  const tools = await installTools(resolve(__dirname, '../..'), (line) => console.log(line));
  const dir = mkdtempSync(join(tmpdir(), 'proving-ground-test-'));
  const [postgresPort, redisPort, port, controllerPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const at = (name: string) => ({ dir: join(dir, name), logFile: join(dir, `${name}.log`) });
  const running: Running[] = [];
  (globalThis as { __services?: readonly Running[] }).__services = running;
  const keep = async <T extends Running>(starting: Promise<T>): Promise<T> => {
    const started = await starting;
    running.push(started);
    return started;
  };
  const [postgres, , kafka] = await Promise.all([
    keep(startPostgres({ ...at('postgres'), port: postgresPort, database: 'test' })),
    keep(startRedis({ ...at('redis'), port: redisPort, binary: tools.redisBinary })),
    keep(startKafka({ ...at('kafka'), port, controllerPort, libs: tools.kafkaLibs })),
  ]);
  const facts: ServiceFacts = { postgresUrl: postgres.url, redisPort, kafkaBrokers: kafka.brokers };
  process.env.TEST_SERVICES = JSON.stringify(facts);
}
