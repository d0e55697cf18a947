import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ports } from './ports';

/** Where everything is; also written to `platform.json` in the data folder. */
export type PlatformFacts = {
  readonly origin: string;
  readonly api: string;
  /** Lambda's own API, for commands of operators: `AWS_ENDPOINT_URL_LAMBDA`. */
  readonly lambda: string;
  readonly inbox: string;
  readonly stripe: string;
  readonly venueControl: string;
  readonly websocket: string;
  readonly kafka: string;
  readonly postgres: string;
  /** References of the secrets, for tools that work on the data. */
  readonly databaseSecret: string;
  readonly redisSecret: string;
  readonly redisPort: number;
  /** Where simulations run, if they do. */
  readonly ray: string;
  readonly archive: string;
  readonly logs: string;
  /** The process id of each part and server, kept current when one is started again. */
  readonly pids: Readonly<Record<string, number>>;
};

/** The folder that stands for the bucket of ticks and frames. */
export const archiveUrl = (dataDir: string): string => pathToFileURL(join(dataDir, 'archive')).href;

export const DATABASE = 'proving_ground';

export const factsOf = (ports: Ports, dataDir: string, pids: PlatformFacts['pids']): PlatformFacts => ({
  origin: `http://localhost:${ports.origin}`,
  api: `http://127.0.0.1:${ports.api}`,
  lambda: `http://127.0.0.1:${ports.lambda}`,
  inbox: `http://127.0.0.1:${ports.mailInbox}`,
  stripe: `http://127.0.0.1:${ports.stripe}`,
  venueControl: `http://127.0.0.1:${ports.venueControl}`,
  websocket: `ws://127.0.0.1:${ports.origin}/ws`,
  kafka: `127.0.0.1:${ports.kafka}`,
  postgres: `postgres://postgres:postgres@127.0.0.1:${ports.postgres}/${DATABASE}`,
  databaseSecret: pathToFileURL(join(dataDir, 'secrets/database.json')).href,
  redisSecret: pathToFileURL(join(dataDir, 'secrets/redis.json')).href,
  redisPort: ports.redis,
  ray: `http://127.0.0.1:${ports.ray}`,
  archive: archiveUrl(dataDir),
  logs: join(dataDir, 'logs'),
  pids,
});
