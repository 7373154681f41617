import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Halts, kept for ever; at most one is in force. */
export class CreateHalts1763800600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE halt (
        id uuid PRIMARY KEY,
        engaged_by text NOT NULL,
        engaged_at timestamptz(3) NOT NULL,
        reason text NOT NULL,
        resumed_by text,
        resumed_at timestamptz(3),
        resume_reason text
      )`);
    await runner.query(`CREATE UNIQUE INDEX halt_one_in_force ON halt ((resumed_at IS NULL)) WHERE resumed_at IS NULL`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
