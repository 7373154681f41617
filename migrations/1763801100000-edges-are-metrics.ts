import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Traffic is recorded as series of the metric store: its own table goes, and with it what only it needed. What it held is not carried over. */
export class EdgesAreMetrics1763801100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['edge_second', 'job_lease', 'agent_boot']) await runner.query(`DROP TABLE ${table}`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
