import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { type OnSpawn, type Running, run, startChild, untilReady } from './child';

export type KafkaBroker = Running & { readonly brokers: string };

type Options = {
  /** The folder of the broker's jars. */
  readonly libs: string;
  readonly dir: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly logFile?: string;
  readonly onSpawn?: OnSpawn;
};

/** One Kafka node in KRaft mode on 127.0.0.1: broker and controller in one process, its log in `dir`. */
export async function startKafka({ libs, dir, port, controllerPort, logFile, onSpawn }: Options): Promise<KafkaBroker> {
  mkdirSync(dir, { recursive: true });
  const properties = join(dir, 'server.properties');
  writeFileSync(properties, configuration(join(dir, 'log'), port, controllerPort));
  writeFileSync(join(dir, 'log4j2.properties'), LOGGING);
  const java = (memory: readonly string[], main: readonly string[]) =>
    [
      ...memory,
      `-Dlog4j2.configurationFile=${join(dir, 'log4j2.properties')}`,
      '-cp',
      join(libs, '*'),
      ...main,
    ] as const;
  if (!existsSync(join(dir, 'log', 'meta.properties'))) {
    // One id in 64 begins with a dash: only behind an equals sign is it not read as an option.
    const id = `--cluster-id=${randomBytes(16).toString('base64url')}`;
    await run('java', java(['-Xmx128m'], ['kafka.tools.StorageTool', 'format', id, '-c', properties]));
  }
  const memory = ['-Xms128m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const child = startChild('java', java(memory, ['kafka.Kafka', properties]), {
    detached: true,
    ...(logFile ? { logFile } : {}),
  });
  const running = { child, stop: () => child.stop('SIGTERM', 20_000) };
  onSpawn?.(running);
  const brokers = `127.0.0.1:${port}`;
  await untilReady('Kafka', child, () => answersMetadata(brokers), 120_000);
  return { brokers, ...running };
}

async function answersMetadata(brokers: string): Promise<boolean> {
  const kafka = new Kafka({
    brokers: [brokers],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 1_000,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length === 1;
  } finally {
    await admin.disconnect();
  }
}

const configuration = (logDir: string, port: number, controllerPort: number): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logDir,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'log.cleaner.dedupe.buffer.size': '16777216',
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');

const LOGGING = `rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d{ISO8601} %p %c %m%n
`;
