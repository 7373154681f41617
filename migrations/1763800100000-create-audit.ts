import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What precedes the first row of the chain. */
const GENESIS_HASH = '0'.repeat(64);

/**
 * The audit and the head of its hash chain. The one row of `audit_head` is both the lock that keeps two writers from forking the chain and the
 * proof of where the chain ends, without which a cut-off tail would not show.
 */
export class CreateAudit1763800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE audit_row (id bigint PRIMARY KEY, at timestamptz(3) NOT NULL, actor text NOT NULL, action text NOT NULL, subject text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('done', 'denied', 'failed')), details text NOT NULL, previous_hash text NOT NULL UNIQUE, hash text NOT NULL)`,
    );
    await runner.query('CREATE TABLE audit_head (only_row smallint PRIMARY KEY CHECK (only_row = 1), last_id bigint NOT NULL, hash text NOT NULL)');
    await runner.query('INSERT INTO audit_head (only_row, last_id, hash) VALUES (1, 0, $1)', [GENESIS_HASH]);
    await runner.query(
      `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit is append-only: % is refused', TG_OP; END $$`,
    );
    await runner.query('CREATE TRIGGER audit_row_append_only BEFORE UPDATE OR DELETE ON audit_row FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()');
    await runner.query('CREATE TRIGGER audit_row_no_truncate BEFORE TRUNCATE ON audit_row FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()');
    await runner.query('CREATE TRIGGER audit_head_kept BEFORE DELETE OR TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
