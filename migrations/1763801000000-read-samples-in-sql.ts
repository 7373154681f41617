import type { MigrationInterface, QueryRunner } from 'typeorm';
import { METRIC_SAMPLES_FUNCTION } from './metric-sql/metric-samples.js';
import { READ_BLOCKS } from './metric-sql/read-blocks.js';
import { READ_COLUMNS } from './metric-sql/read-columns.js';
import { READ_HISTOGRAMS } from './metric-sql/read-histograms.js';
import { READ_NUMBERS } from './metric-sql/read-numbers.js';

/**
 * Samples for people who want SQL. They are kept in a codec of our own; here it is read once more, in plpgsql, which every PostgreSQL has. That is some hundred times slower than the server reads,
 * which is no matter for a look or an export. A test holds both to the same answers, bit for bit.
 */
export class ReadSamplesInSql1763801000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...READ_NUMBERS, ...READ_COLUMNS, ...READ_HISTOGRAMS, ...READ_BLOCKS, ...METRIC_SAMPLES_FUNCTION]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
