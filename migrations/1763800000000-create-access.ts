import type { MigrationInterface, QueryRunner } from 'typeorm';

const ROLE = "text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin'))";
const OWNER = 'uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE';

/** Users, their sessions, sign-in links and API tokens. Every secret is stored as its SHA-256 in hex. */
export class CreateAccess1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE app_user (id uuid PRIMARY KEY, name text NOT NULL UNIQUE, role ${ROLE}, created_at timestamptz(3) NOT NULL, last_seen_at timestamptz(3))`,
    );
    await runner.query(
      `CREATE TABLE session (id uuid PRIMARY KEY, secret_hash text NOT NULL UNIQUE, user_id ${OWNER}, created_at timestamptz(3) NOT NULL, last_used_at timestamptz(3) NOT NULL, expires_at timestamptz(3) NOT NULL)`,
    );
    await runner.query(`CREATE TABLE sign_in_link (secret_hash text PRIMARY KEY, user_id ${OWNER}, expires_at timestamptz(3) NOT NULL)`);
    await runner.query(
      `CREATE TABLE api_token (id uuid PRIMARY KEY, secret_hash text NOT NULL, user_id ${OWNER}, name text NOT NULL, role ${ROLE}, created_at timestamptz(3) NOT NULL, expires_at timestamptz(3) NOT NULL, last_used_at timestamptz(3))`,
    );
    for (const table of ['session', 'sign_in_link', 'api_token']) await runner.query(`CREATE INDEX ${table}_by_user ON ${table} (user_id)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
