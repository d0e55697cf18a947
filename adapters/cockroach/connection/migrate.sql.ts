import { sql } from './statement';

export const appliedMigrations = sql<{ name: string }>('applied_migrations')`
  SELECT name FROM schema_migration`;

export const recordMigration = sql<never>('record_migration')`
  INSERT INTO schema_migration (name) VALUES ($1) ON CONFLICT (name) DO NOTHING`;

/** One row is the lease; whoever moves it from an expired holder migrates. $1 holder, $2 seconds. */
export const takeMigrationLease = sql<never>('take_migration_lease')`
  INSERT INTO schema_migration_lease (id, holder, expires_at)
  VALUES (1, $1::UUID, now() + $2::INT8 * INTERVAL '1 second')
  ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
  WHERE schema_migration_lease.expires_at < now() OR schema_migration_lease.holder = excluded.holder`;

export const endMigrationLease = sql<never>('end_migration_lease')`
  DELETE FROM schema_migration_lease WHERE holder = $1::UUID`;
