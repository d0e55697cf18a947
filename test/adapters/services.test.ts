import pg from 'pg';
import { services } from '../services/services';

test('the laptop’s PostgreSQL is durable and serializable, as CockroachDB is', async () => {
  const client = new pg.Client({ connectionString: services().postgresUrl });
  await client.connect();
  const setting = async (name: string) => (await client.query(`show ${name}`)).rows[0]?.[name];
  expect([await setting('fsync'), await setting('default_transaction_isolation')]).toEqual(['on', 'serializable']);
  await client.end();
});
