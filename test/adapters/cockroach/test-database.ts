import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Database, type DatabaseSecret, makeDatabase } from '../../../adapters/cockroach/connection/database';
import { migrate } from '../../../adapters/cockroach/connection/migrate';
import { services } from '../../services/services';

/** An empty database of its own on the run's server. */
export async function freshSecret(): Promise<DatabaseSecret> {
  const server = new URL(services().postgresUrl);
  const database = `t_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${database}`);
  await client.end();
  const { hostname: host, port, username: user, password } = server;
  return { host, port: Number(port), user, password, database, tls: false };
}

/** A fresh database with the schema in it. The caller closes it. */
export async function migratedDatabase(poolMax = 16): Promise<Database> {
  const database = makeDatabase(await freshSecret(), { poolMax });
  await migrate(database);
  return database;
}
