import { type Database, makeDatabase } from '../../../../adapters/cockroach/connection/database';
import { migrate } from '../../../../adapters/cockroach/connection/migrate';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { MIGRATIONS } from '../../../../adapters/cockroach/migrations/all';
import type { Migration } from '../../../../adapters/cockroach/migrations/migration';
import { freshSecret } from '../test-database';

const tables = sql<{ name: string }>('test_tables')`
  SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`;
const expireLease = sql<never>('test_expire_lease')`
  INSERT INTO schema_migration_lease (id, holder, expires_at)
  VALUES (1, '00000000-0000-7000-8000-000000000001', now() - INTERVAL '1 second')`;

/** Goal: however often, by however many and after whatever failure the migrations run, the schema ends the same. */
describe('migrations', () => {
  const opened: Database[] = [];
  const empty = async () => {
    const database = makeDatabase(await freshSecret(), { poolMax: 4 });
    opened.push(database);
    return database;
  };
  afterAll(() => Promise.all(opened.map((database) => database.close())));

  const names = MIGRATIONS.map(({ name }) => name);

  test('the names rise, and a name is used once', () => {
    expect([...new Set(names)].sort()).toEqual(names);
  });

  test('a second run applies nothing', async () => {
    const database = await empty();
    expect(await migrate(database)).toEqual(names);
    expect(await migrate(database)).toEqual([]);
  });

  test('four runners at once apply each migration once between them', async () => {
    const database = await empty();
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database)));
    expect(applied.flat().sort()).toEqual(names);
    const found = (await database.query(tables)).map(({ name }) => name);
    expect(found).toEqual(expect.arrayContaining(['accounts', 'fills', 'ledger_postings', 'outbox', 'reports']));
  });

  test('every statement can run twice: a run that died half-way is repeated', async () => {
    const database = await empty();
    for (const { statements } of MIGRATIONS) for (const statement of statements) await database.execute(statement);
    expect(await migrate(database)).toEqual(names);
  });

  test('a migration that fails names nothing as applied and gives the lease back', async () => {
    const database = await empty();
    const first: Migration = {
      name: '0001-good',
      statements: ['CREATE TABLE IF NOT EXISTS good (a INT8 PRIMARY KEY)'],
    };
    const broken: Migration = { name: '0002-broken', statements: ['CREATE TABLE broken (a NONSENSE)'] };
    const mended: Migration = {
      name: '0002-broken',
      statements: ['CREATE TABLE IF NOT EXISTS mended (a INT8 PRIMARY KEY)'],
    };
    await expect(migrate(database, [first, broken])).rejects.toThrow(/nonsense/);
    expect(await migrate(database, [first, mended])).toEqual(['0002-broken']);
  });

  test('the lease of a runner that died is taken over when it has run out', async () => {
    const database = await empty();
    await migrate(database, []);
    await database.write(expireLease);
    expect(await migrate(database)).toEqual(names);
  });
});
