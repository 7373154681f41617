import type { Client } from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { sqlState } from './database-failure.js';

// Two servers that start together on an empty database: the catalogue refuses the second CREATE with one of these, and the table is there.
const ALREADY_CREATED = new Set(['23505', '42P07']);

/**
 * Runs the pending migrations while `client` holds a row lock, so that servers that start together take turns. A row lock, because advisory locks
 * and LOCK TABLE are not in the portable subset of SQL; and a lock of the connection, not a flag in a table, because it goes when its holder dies.
 */
export async function runMigrations(client: Client, url: string): Promise<void> {
  await createLockRow(client);
  await client.query('BEGIN');
  await client.query('SELECT only_row FROM migration_lock FOR UPDATE');
  await migrate(url);
  await client.query('COMMIT');
}

async function createLockRow(client: Client): Promise<void> {
  try {
    await client.query('CREATE TABLE IF NOT EXISTS migration_lock (only_row smallint PRIMARY KEY)');
  } catch (error) {
    if (!ALREADY_CREATED.has(sqlState(error) ?? '')) throw error;
  }
  await client.query('INSERT INTO migration_lock (only_row) VALUES (1) ON CONFLICT DO NOTHING');
}

// A data source of its own: a migration may take longer than any query of a running server is allowed to. The "debug" logger is silent unless asked
// for; the default prints failures that the start reports in one line.
async function migrate(url: string): Promise<void> {
  const dataSource = new DataSource({ type: 'postgres', url, migrations: MIGRATIONS, logging: false, logger: 'debug', poolSize: 2 });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}
