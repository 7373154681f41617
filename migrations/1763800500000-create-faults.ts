import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Faults, and the append-only journal of every change of state. At most one fault that may be acting exists on an edge: the index says so to all servers at once. */
export class CreateFaults1763800500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fault (
        id uuid PRIMARY KEY,
        spec jsonb NOT NULL,
        target jsonb NOT NULL,
        edge_key text NOT NULL,
        duration_ms integer NOT NULL,
        state text NOT NULL CHECK (state IN ('planned', 'applying', 'active', 'reverting', 'reverted', 'revert-failed')),
        agent text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        applied_at timestamptz(3),
        ends_at timestamptz(3),
        ended_at timestamptz(3),
        reverted_at timestamptz(3),
        end_reason text,
        problem text,
        last_seq integer NOT NULL
      )`);
    await runner.query(`CREATE UNIQUE INDEX fault_one_live_per_edge ON fault (edge_key) WHERE state <> 'reverted'`);
    await runner.query(`CREATE INDEX fault_newest_first ON fault (created_at DESC, id)`);
    await runner.query(`
      CREATE TABLE fault_event (
        fault_id uuid NOT NULL REFERENCES fault (id),
        seq integer NOT NULL,
        at timestamptz(3) NOT NULL,
        state text NOT NULL,
        change jsonb NOT NULL,
        PRIMARY KEY (fault_id, seq)
      )`);
    await runner.query(`
      CREATE FUNCTION fault_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'fault_event is append-only';
      END $$`);
    await runner.query(`CREATE TRIGGER fault_event_append_only BEFORE UPDATE OR DELETE ON fault_event FOR EACH ROW EXECUTE FUNCTION fault_event_is_append_only()`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
