import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A token may be for a part of the series only, as matchers in PromQL say; empty for all of them. */
export class ScopeTokens1763800900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE api_token ADD COLUMN read_scope text NOT NULL DEFAULT ''`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
