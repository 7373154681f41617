import type { Pool } from 'pg';
import { fenced } from './fenced.js';
import { labelsFromPairs, labelsHash, METRIC_NAME } from '#metrics';
import type { Labels } from '#metrics';

/** A series as it is known everywhere: `id` below 2^31, `metricId` of its name, by which blocks are sorted. */
export interface StoredSeries {
  readonly id: number;
  readonly metricId: number;
  readonly labels: Labels;
}

interface SeriesRow {
  readonly id: number;
  readonly metric_id: number;
  readonly labels: Readonly<Record<string, string>>;
}

const SERIES_A_STATEMENT = 2_000;
const SERIES_A_READ = 10_000;

/** Every series that has samples. Rows are added and, when all of their samples are gone, removed; they never change. */
export class SeriesStore {
  constructor(private readonly pool: Pool) {}

  /** Ids of the given series in their order; those never seen are made. Committed when it resolves. */
  async register(all: readonly Labels[]): Promise<StoredSeries[]> {
    const registered: StoredSeries[] = [];
    for (let from = 0; from < all.length; from += SERIES_A_STATEMENT) registered.push(...(await this.registerSome(all.slice(from, from + SERIES_A_STATEMENT))));
    return registered;
  }

  /** Ids in the order of the labels; null for a series that was never seen. Makes nothing. */
  async idsOf(all: readonly Labels[]): Promise<(number | null)[]> {
    const ids: (number | null)[] = [];
    for (let from = 0; from < all.length; from += SERIES_A_STATEMENT) {
      const hashes = all.slice(from, from + SERIES_A_STATEMENT).map((labels) => Buffer.from(labelsHash(labels)));
      const found = await this.find(hashes);
      ids.push(...hashes.map((hash) => found.get(hash.toString('latin1')) ?? null));
    }
    return ids;
  }

  /** Of all, without their labels. */
  async *metrics(): AsyncGenerator<readonly { readonly id: number; readonly metricId: number }[]> {
    for (let after = 0; ; ) {
      const { rows } = await this.pool.query<SeriesRow>('SELECT id, metric_id FROM metric_series WHERE id > $1 ORDER BY id LIMIT $2', [after, SERIES_A_READ]);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map((row) => ({ id: row.id, metricId: row.metric_id }));
      after = last.id;
    }
  }

  /** All, by id, after `afterId`. */
  async *all(afterId = 0): AsyncGenerator<readonly StoredSeries[]> {
    for (let after = afterId; ; ) {
      const { rows } = await this.pool.query<SeriesRow>('SELECT id, metric_id, labels FROM metric_series WHERE id > $1 ORDER BY id LIMIT $2', [after, SERIES_A_READ]);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map((row) => ({ id: row.id, metricId: row.metric_id, labels: labelsFromPairs(Object.entries(row.labels)) }));
      after = last.id;
    }
  }

  /** Of metrics, by their ids. */
  async names(): Promise<Map<number, string>> {
    const { rows } = await this.pool.query<{ id: number; name: string }>('SELECT id, name FROM metric_name');
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Removes series, and the names of metrics that have none any more: all or nothing. Throws WriterReplacedError. */
  remove(epoch: number, seriesIds: readonly number[]): Promise<void> {
    return fenced(this.pool, epoch, async (client) => {
      await client.query('DELETE FROM metric_series WHERE id = ANY($1::integer[])', [seriesIds]);
      await client.query('DELETE FROM metric_name WHERE NOT EXISTS (SELECT 1 FROM metric_series WHERE metric_id = metric_name.id)');
    });
  }

  private async registerSome(all: readonly Labels[]): Promise<StoredSeries[]> {
    const metricIds = await this.metricIds([...new Set(all.map(nameOf))]);
    const hashes = all.map((labels) => Buffer.from(labelsHash(labels)));
    const ids = await this.find(hashes);
    const missing = all.map((_, i) => i).filter((i) => !ids.has(hashes[i]!.toString('latin1')));
    if (missing.length > 0) {
      await this.insert(missing.map((i) => ({ metricId: metricIds.get(nameOf(all[i]!))!, hash: hashes[i]!, labels: all[i]! })));
      for (const [hash, id] of await this.find(missing.map((i) => hashes[i]!))) ids.set(hash, id);
    }
    return all.map((labels, i) => ({ id: ids.get(hashes[i]!.toString('latin1'))!, metricId: metricIds.get(nameOf(labels))!, labels }));
  }

  // Looked up before they are inserted: an insert that meets a conflict uses up an id.
  private async metricIds(names: readonly string[]): Promise<Map<string, number>> {
    const ids = await this.findNames(names);
    const missing = names.filter((name) => !ids.has(name));
    if (missing.length === 0) return ids;
    await this.pool.query('INSERT INTO metric_name (name) SELECT * FROM unnest($1::text[]) ON CONFLICT DO NOTHING', [missing]);
    return new Map([...ids, ...(await this.findNames(missing))]);
  }

  private async findNames(names: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ id: number; name: string }>('SELECT id, name FROM metric_name WHERE name = ANY($1::text[])', [names]);
    return new Map(rows.map(({ id, name }) => [name, id]));
  }

  private async find(hashes: readonly Buffer[]): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ id: number; hash: Buffer }>('SELECT id, hash FROM metric_series WHERE hash = ANY($1::bytea[])', [hashes]);
    return new Map(rows.map(({ id, hash }) => [hash.toString('latin1'), id]));
  }

  private async insert(series: readonly { readonly metricId: number; readonly hash: Buffer; readonly labels: Labels }[]): Promise<void> {
    await this.pool.query('INSERT INTO metric_series (metric_id, hash, labels) SELECT * FROM unnest($1::integer[], $2::bytea[], $3::jsonb[]) ON CONFLICT DO NOTHING', [
      series.map(({ metricId }) => metricId),
      series.map(({ hash }) => hash),
      series.map(({ labels }) => JSON.stringify(Object.fromEntries(labels.map(({ name, value }) => [name, value])))),
    ]);
  }
}

function nameOf(labels: Labels): string {
  return labels.find(({ name }) => name === METRIC_NAME)?.value ?? '';
}

