import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient } from 'pg';
import { columnTypes } from './column-types';
import { DatabaseUnavailable, isRetryable, isUnavailable, SerializationConflict } from './database-errors';
import type { Statement } from './statement';

/** What the secret DATABASE_SECRET holds. */
export type DatabaseSecret = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: boolean;
  /** PEM of the authority that signed the server's certificate, where it is not a public one. */
  readonly ca?: string | undefined;
};

export type DatabaseOptions = {
  readonly poolMax: number;
  /** The server ends a statement after this long; the client gives up a second later, should the server be silent. */
  readonly statementTimeoutMs?: number;
};

export type Queries = {
  readonly query: <Row>(statement: Statement<Row>, values?: readonly unknown[]) => Promise<readonly Row[]>;
  /** Runs a statement that returns nothing; answers with how many rows its last part wrote. */
  readonly write: (statement: Statement<never>, values?: readonly unknown[]) => Promise<number>;
};

export type Database = Queries & {
  /** Runs `work` in one SERIALIZABLE transaction, again from its start when another went first. */
  readonly transaction: <T>(work: (tx: Queries) => Promise<T>) => Promise<T>;
  /** Runs a text that is not a prepared statement: DDL. */
  readonly execute: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

const STATEMENT_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 3_000;
const ATTEMPTS_MAX = 8;

/**
 * A pool of SERIALIZABLE connections. Single statements and transactions that lost against another (40001, 40P01) run
 * again with jitter, then throw SerializationConflict. A lost or silent connection throws DatabaseUnavailable.
 */
export function makeDatabase(secret: DatabaseSecret, options: DatabaseOptions): Database {
  const pool = makePool(secret, options);
  const broken = new WeakSet<PoolClient>();
  const using = <T>(work: (client: PoolClient) => Promise<T>) => withClient(pool, broken, work);
  // An idle connection that breaks is dropped by the pool; the next query opens another.
  pool.on('error', () => undefined);
  // Without a listener, the error event of a connection that dies, in use or between hands, would end the process.
  pool.on('connect', (client) => client.on('error', () => broken.add(client)));
  return {
    query: (statement, values) => retried(() => using((client) => queriesOn(client).query(statement, values))),
    write: (statement, values) => retried(() => using((client) => queriesOn(client).write(statement, values))),
    transaction: (work) => retried(() => using((client) => inTransaction(client, work))),
    execute: (text) =>
      retried(() =>
        using(async (client) => {
          await client.query(text);
        }),
      ),
    close: () => pool.end(),
  };
}

function makePool(secret: DatabaseSecret, options: DatabaseOptions): Pool {
  const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const { host, port, user, password, database } = secret;
  return new Pool({
    host,
    port,
    user,
    password,
    database,
    ssl: secret.tls ? { rejectUnauthorized: true, ...(secret.ca !== undefined && { ca: secret.ca }) } : false,
    max: options.poolMax,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 1_000,
    idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
    options: '-c default_transaction_isolation=serializable',
    keepAlive: true,
    types: columnTypes,
  });
}

/**
 * A connection goes back to the pool after any answer of the server, also a refusal; it is destroyed when it is lost.
 */
async function withClient<T>(
  pool: Pool,
  broken: WeakSet<PoolClient>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw classified(error);
  }
  let isLost = false;
  try {
    return await work(client);
  } catch (error) {
    const known = classified(error);
    isLost = known instanceof DatabaseUnavailable;
    throw known;
  } finally {
    client.release(isLost || broken.has(client));
  }
}

const queriesOn = (client: PoolClient): Queries => ({
  query: async <Row>(statement: Statement<Row>, values?: readonly unknown[]) =>
    (await run(client, statement, values)).rows as readonly Row[],
  write: async (statement, values) => (await run(client, statement, values)).rowCount ?? 0,
});

const run = (client: PoolClient, { name, text }: Statement<unknown>, values: readonly unknown[] = []) =>
  client.query({ name, text, values: values as unknown[] });

async function inTransaction<T>(client: PoolClient, work: (tx: Queries) => Promise<T>): Promise<T> {
  await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
  try {
    const result = await work(queriesOn(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // On a lost connection there is nothing to roll back, and the server forgets the transaction by itself.
    if (!isUnavailable(error)) await client.query('ROLLBACK');
    throw error;
  }
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      if (attempt === ATTEMPTS_MAX) throw new SerializationConflict('others went first', { cause: error });
      await sleep(Math.random() * 2 ** attempt);
    }
  }
}

const classified = (error: unknown): unknown =>
  !(error instanceof DatabaseUnavailable) && isUnavailable(error)
    ? new DatabaseUnavailable('the database cannot be reached or did not answer in time', { cause: error })
    : error;
