import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The metric store. Samples are written once to the journal, later once to a recent row and once to a segment, and leave by dropping whole partitions: nothing is updated or
 * deleted row by row, so there is nothing for vacuum to chase. Rows hold many series, because a row for each sample costs fifty times as much. Bytes are compressed before they
 * come here, hence EXTERNAL: a part of them can be read without reading all.
 */
export class CreateMetrics1763800800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [WRITER, NAMES, SERIES, FAMILIES, JOURNAL, RECENT, SEGMENTS, EXEMPLARS, PRESENCE, PINS]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}

// One row. The epoch is the key: journal rows are written under a key share lock of their epoch's row, which only a change of the epoch has to wait for.
const WRITER = `
  CREATE TABLE metric_writer (epoch bigint PRIMARY KEY, holder uuid NOT NULL, leased_until timestamptz(3) NOT NULL);
  INSERT INTO metric_writer (epoch, holder, leased_until) VALUES (0, '00000000-0000-0000-0000-000000000000', '-infinity')`;

const NAMES = `CREATE TABLE metric_name (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE)`;

const SERIES = `
  CREATE TABLE metric_series (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    metric_id integer NOT NULL,
    hash bytea NOT NULL UNIQUE,
    labels jsonb NOT NULL
  )`;

const FAMILIES = `CREATE TABLE metric_family (name text PRIMARY KEY, type text NOT NULL, unit text NOT NULL, help text NOT NULL)`;

const JOURNAL = `
  CREATE TABLE metric_journal (part integer NOT NULL, seq integer NOT NULL, samples integer NOT NULL, data bytea NOT NULL, PRIMARY KEY (part, seq)) PARTITION BY LIST (part);
  ALTER TABLE metric_journal ALTER COLUMN data SET STORAGE EXTERNAL`;

const BLOCK_COLUMNS = `
  window_ms bigint NOT NULL,
  written bigint NOT NULL,
  place integer NOT NULL,
  first_metric integer NOT NULL,
  last_metric integer NOT NULL,
  first_series integer NOT NULL,
  last_series integer NOT NULL,
  directory bytea NOT NULL,
  data bytea NOT NULL`;

const RECENT = `
  CREATE TABLE metric_recent (${BLOCK_COLUMNS}) PARTITION BY LIST (window_ms);
  CREATE INDEX metric_recent_by_metric ON metric_recent (window_ms, last_metric);
  ALTER TABLE metric_recent ALTER COLUMN directory SET STORAGE EXTERNAL, ALTER COLUMN data SET STORAGE EXTERNAL`;

const SEGMENTS = `
  CREATE TABLE metric_segment (day integer NOT NULL, ${BLOCK_COLUMNS}) PARTITION BY LIST (day);
  CREATE INDEX metric_segment_by_metric ON metric_segment (window_ms, last_metric);
  ALTER TABLE metric_segment ALTER COLUMN directory SET STORAGE EXTERNAL, ALTER COLUMN data SET STORAGE EXTERNAL;
  CREATE SEQUENCE metric_block_written`;

const EXEMPLARS = `
  CREATE TABLE metric_exemplar (day integer NOT NULL, series_id integer NOT NULL, time_ms bigint NOT NULL, value double precision NOT NULL, labels jsonb NOT NULL,
    PRIMARY KEY (day, series_id, time_ms)) PARTITION BY LIST (day)`;

// Which series have samples in a window, as a bitmap by id.
const PRESENCE = `CREATE TABLE metric_presence (day integer NOT NULL, window_ms bigint NOT NULL, written bigint NOT NULL, series bytea NOT NULL, PRIMARY KEY (day, window_ms, written)) PARTITION BY LIST (day)`;

const PINS = `CREATE TABLE metric_pin (id uuid PRIMARY KEY, from_ms bigint NOT NULL, to_ms bigint NOT NULL, reason text NOT NULL, CHECK (from_ms <= to_ms))`;
