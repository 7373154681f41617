import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last known graph: it is what the picture shows before the first agent has come back after a restart. */
export class CreateTopology1763800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE region (
        name text PRIMARY KEY,
        city text NOT NULL,
        latitude_deg double precision NOT NULL,
        longitude_deg double precision NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE node (
        name text PRIMARY KEY,
        kind text NOT NULL,
        region text NOT NULL REFERENCES region (name)
      )`);
    await runner.query(`
      CREATE TABLE edge (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        source text NOT NULL REFERENCES node (name),
        target text NOT NULL REFERENCES node (name),
        protocol text NOT NULL,
        agent text,
        UNIQUE (source, target, protocol)
      )`);
    await runner.query(`COMMENT ON COLUMN edge.agent IS 'The agent that carries the edge; null once none does: the edge keeps its id and its history.'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
