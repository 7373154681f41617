import type { Pool } from 'pg';
import type { MetricMetadata, MetricType } from '#metrics';

/** What is said of metric families; the last word counts. */
export class FamiliesStore {
  constructor(private readonly pool: Pool) {}

  async put(families: ReadonlyMap<string, MetricMetadata>): Promise<void> {
    const all = [...families];
    await this.pool.query(
      `INSERT INTO metric_family (name, type, unit, help) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
       ON CONFLICT (name) DO UPDATE SET type = EXCLUDED.type, unit = EXCLUDED.unit, help = EXCLUDED.help`,
      [all.map(([name]) => name), all.map(([, { type }]) => type), all.map(([, { unit }]) => unit), all.map(([, { help }]) => help)],
    );
  }

  async all(): Promise<ReadonlyMap<string, MetricMetadata>> {
    const { rows } = await this.pool.query<{ name: string; type: MetricType; unit: string; help: string }>('SELECT name, type, unit, help FROM metric_family ORDER BY name');
    return new Map(rows.map(({ name, type, unit, help }) => [name, { type, unit, help }]));
  }
}
