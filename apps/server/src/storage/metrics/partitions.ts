import type { Pool, PoolClient } from 'pg';

export type MetricTable = 'metric_recent' | 'metric_segment' | 'metric_exemplar' | 'metric_presence' | 'metric_journal';

// Attaching waits for nobody who reads, where creating a partition in place would wait for all of them, and let all others wait meanwhile.
const ATTACHED_ALREADY = `SELECT 1 FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = $1::regclass AND child.relname = $2`;

export function partitionName(table: MetricTable, value: number): string {
  return `${table}_${value < 0 ? `m${-value}` : value}`;
}

/** Makes the partition for rows with this value, unless it is there. */
export async function ensurePartition(pool: Pool, table: MetricTable, value: number): Promise<void> {
  const name = partitionName(table, value);
  const { rowCount } = await pool.query(ATTACHED_ALREADY, [table, name]);
  if (rowCount !== 0) return;
  await pool.query(`CREATE TABLE IF NOT EXISTS ${name} (LIKE ${table} INCLUDING ALL); ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES IN (${value})`);
}

/** The values for which there are partitions, ascending. */
export async function partitionValues(client: Pool | PoolClient, table: MetricTable): Promise<number[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = $1::regclass`, [table]);
  return rows.map(({ name }) => Number(name.slice(table.length + 1).replace(/^m/, '-'))).sort((one, other) => one - other);
}
