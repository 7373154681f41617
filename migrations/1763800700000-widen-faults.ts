import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Faults on processes and hosts, several on one target, groups and proofs. The key of a fault's lock takes the place of the key of its edge; for an
 * edge they are the same text. Of faults that refuse to meet another, at most one may be acting under a lock: the index says so to all servers at once.
 */
export class WidenFaults1763800700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE fault RENAME COLUMN edge_key TO lock_key');
    await runner.query(`ALTER TABLE fault ADD COLUMN overlap text NOT NULL DEFAULT 'refuse' CHECK (overlap IN ('refuse', 'allow'))`);
    await runner.query('ALTER TABLE fault ADD COLUMN group_id uuid');
    await runner.query('ALTER TABLE fault ADD COLUMN proof jsonb');
    await runner.query('DROP INDEX fault_one_live_per_edge');
    await runner.query(`CREATE UNIQUE INDEX fault_one_exclusive_per_lock ON fault (lock_key) WHERE state <> 'reverted' AND overlap = 'refuse'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
