import type { Pool } from 'pg';
import { labelsFromPairs } from '#metrics';
import type { Labels } from '#metrics';
import { ensurePartition } from './partitions.js';

export interface ExemplarRow {
  readonly seriesId: number;
  readonly timeMs: number;
  readonly value: number;
  readonly labels: Labels;
}

const MS_A_DAY = 86_400_000;

/** Exemplars, a row each: they are few. */
export class ExemplarsStore {
  constructor(private readonly pool: Pool) {}

  /** One of a series and moment that is there already stays. */
  async append(rows: readonly ExemplarRow[]): Promise<void> {
    const days = rows.map(({ timeMs }) => Math.floor(timeMs / MS_A_DAY));
    for (const day of new Set(days)) await ensurePartition(this.pool, 'metric_exemplar', day);
    await this.pool.query(
      `INSERT INTO metric_exemplar (day, series_id, time_ms, value, labels)
       SELECT * FROM unnest($1::integer[], $2::integer[], $3::bigint[], $4::double precision[], $5::jsonb[]) ON CONFLICT DO NOTHING`,
      [
        days,
        rows.map(({ seriesId }) => seriesId),
        rows.map(({ timeMs }) => Math.trunc(timeMs)),
        rows.map(({ value }) => value),
        rows.map(({ labels }) => JSON.stringify(Object.fromEntries(labels.map(({ name, value }) => [name, value])))),
      ],
    );
  }

  /** By series and time. */
  async read(seriesIds: readonly number[], fromMs: number, toMs: number): Promise<ExemplarRow[]> {
    const { rows } = await this.pool.query<{ series_id: number; time_ms: string; value: number; labels: Record<string, string> }>(
      `SELECT series_id, time_ms, value, labels FROM metric_exemplar
       WHERE day BETWEEN $2 AND $3 AND series_id = ANY($1::integer[]) AND time_ms BETWEEN $4 AND $5 ORDER BY series_id, time_ms`,
      [seriesIds, Math.floor(fromMs / MS_A_DAY), Math.floor(toMs / MS_A_DAY), Math.ceil(fromMs), Math.floor(toMs)],
    );
    return rows.map((row) => ({ seriesId: row.series_id, timeMs: Number(row.time_ms), value: row.value, labels: labelsFromPairs(Object.entries(row.labels)) }));
  }
}
