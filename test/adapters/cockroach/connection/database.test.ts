import { type Database, makeDatabase, type Queries } from '../../../../adapters/cockroach/connection/database';
import { DatabaseUnavailable, isUniqueViolation } from '../../../../adapters/cockroach/connection/database-errors';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { freshSecret } from '../test-database';

const backend = sql<{ pid: number }>('test_backend')`SELECT pg_backend_pid() AS pid`;
const isolation = sql<{ level: string }>('test_isolation')`SELECT current_setting('transaction_isolation') AS level`;
const types = sql<Record<string, unknown>>('test_types')`
  SELECT $1::INT8 AS money, $2::TIMESTAMPTZ AS at, $3::DATE AS day, $4::INT4 AS number, $5::NUMERIC AS exact`;
const nap = sql<never>('test_nap')`SELECT pg_sleep($1::FLOAT8)`;
const put = sql<never>('test_put')`INSERT INTO wallet (name, amount) VALUES ($1::TEXT, $2::INT8)`;
const add = sql<never>('test_add')`UPDATE wallet SET amount = amount + $2::INT8 WHERE name = $1::TEXT`;
const total = sql<{ amount: bigint }>('test_total')`SELECT sum(amount)::INT8 AS amount FROM wallet`;

/** Goal: what the driver does when all goes well, when others are faster, and when nobody answers. */
describe('database', () => {
  let database: Database;
  beforeAll(async () => {
    database = makeDatabase(await freshSecret(), { poolMax: 4, statementTimeoutMs: 3_000 });
    await database.execute('CREATE TABLE wallet (name TEXT PRIMARY KEY, amount INT8 NOT NULL)');
  });
  beforeEach(() => database.execute('DELETE FROM wallet'));
  afterAll(() => database.close());

  test('amounts are bigints, instants milliseconds, days and exact numbers text', async () => {
    const values = [2n ** 62n, '2026-03-14T12:00:00.123Z', '2026-03-14', 7, '0.10'];
    expect(await database.query(types, values)).toEqual([
      { money: 2n ** 62n, at: Date.UTC(2026, 2, 14, 12, 0, 0, 123), day: '2026-03-14', number: 7, exact: '0.10' },
    ]);
  });

  test('single statements are serializable', async () => {
    expect(await database.query(isolation)).toEqual([{ level: 'serializable' }]);
  });

  test('two transactions that each read what the other writes both happen, one after the other', async () => {
    await database.write(put, ['a', 60]);
    await database.write(put, ['b', 60]);
    const withdraw = (name: string) =>
      database.transaction(async (tx) => {
        const [row] = await tx.query(total);
        await tx.query(nap, [0.05]);
        if ((row?.amount ?? 0n) >= 100n) await tx.write(add, [name, -100]);
      });
    await Promise.all([withdraw('a'), withdraw('b')]);
    expect(await database.query(total)).toEqual([{ amount: 20n }]);
  });

  test('a deadlock ends with both transactions done', async () => {
    await database.write(put, ['a', 0]);
    await database.write(put, ['b', 0]);
    const both = (first: string, second: string) =>
      database.transaction(async (tx: Queries) => {
        await tx.write(add, [first, 1]);
        await tx.query(nap, [0.05]);
        await tx.write(add, [second, 1]);
      });
    await Promise.all([both('a', 'b'), both('b', 'a')]);
    expect(await database.query(total)).toEqual([{ amount: 4n }]);
  });

  test('a transaction whose work throws leaves nothing', async () => {
    const work = database.transaction(async (tx) => {
      await tx.write(put, ['a', 1]);
      throw new Error('changed our mind');
    });
    await expect(work).rejects.toThrow('changed our mind');
    expect(await database.query(total)).toEqual([{ amount: null }]);
  });

  test('a refused row says which rule refused it, and the connection stays', async () => {
    const one = makeDatabase({ ...(await freshSecret()) }, { poolMax: 1 });
    await one.execute('CREATE TABLE wallet (name TEXT PRIMARY KEY, amount INT8 NOT NULL)');
    const before = await one.query(backend);
    await one.write(put, ['a', 1]);
    const error: unknown = await one.write(put, ['a', 1]).catch((caught: unknown) => caught);
    expect([isUniqueViolation(error, 'wallet_pkey'), isUniqueViolation(error, 'another')]).toEqual([true, false]);
    expect(await one.query(backend)).toEqual(before);
    await one.close();
  });

  test('a statement that takes too long is ended, and the next one is answered', async () => {
    await expect(database.query(nap, [5])).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(await database.query(isolation)).toHaveLength(1);
  });

  test('when all connections are taken, a query is refused in bounded time', async () => {
    const one = makeDatabase(await freshSecret(), { poolMax: 1, statementTimeoutMs: 10_000 });
    const long = one.query(nap, [4]);
    const startedAt = performance.now();
    await expect(one.query(backend)).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(performance.now() - startedAt).toBeLessThan(3_900);
    await long;
    await one.close();
  });

  test('a server that is not there is unavailable, and the message holds no secret', async () => {
    const nobody = makeDatabase({ ...(await freshSecret()), port: 1, password: 'hunter2' }, { poolMax: 1 });
    const error: unknown = await nobody.query(backend).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(String(error)).not.toContain('hunter2');
    await nobody.close();
  });
});
