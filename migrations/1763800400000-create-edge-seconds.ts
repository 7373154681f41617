import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The recording of traffic: one row an edge, agent start and second. The key makes a resent report harmless. It begins with the edge, not the
 * time, so that reads of one edge are ranges and writes do not meet in one spot. Partitions by UTC day are made ahead and dropped whole.
 */
export class CreateEdgeSeconds1763800400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE edge_second (
        edge_id integer NOT NULL,
        sec bigint NOT NULL,
        boot_id integer NOT NULL,
        ok bigint NOT NULL,
        client_error bigint NOT NULL,
        server_error bigint NOT NULL,
        no_response bigint NOT NULL,
        faulted bigint NOT NULL,
        bytes_sent bigint NOT NULL,
        bytes_received bigint NOT NULL,
        connections_opened bigint NOT NULL,
        connections_active bigint NOT NULL,
        latency bytea NOT NULL,
        PRIMARY KEY (edge_id, sec, boot_id)
      ) PARTITION BY RANGE (sec)`);
    await runner.query(`
      CREATE TABLE job_lease (
        job text PRIMARY KEY,
        holder uuid NOT NULL,
        leased_until timestamptz(3) NOT NULL
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
