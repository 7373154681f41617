import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agents, their single-use enrolment tokens, and the starts of each agent process (flow reports are numbered within a start). */
export class CreateAgents1763800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agent (
        name text PRIMARY KEY,
        secret_hash text NOT NULL UNIQUE,
        version text,
        enrolled_at timestamptz(3) NOT NULL,
        last_seen_at timestamptz(3)
      )`);
    await runner.query(`
      CREATE TABLE enrol_token (
        token_hash text PRIMARY KEY,
        expires_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        used_by text
      )`);
    await runner.query(`
      CREATE TABLE agent_boot (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        boot_id uuid NOT NULL UNIQUE,
        agent text NOT NULL,
        first_seen_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
