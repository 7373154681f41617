import type { Pool, PoolClient } from 'pg';
import { fenced } from './fenced.js';
import { ensurePartition, partitionName, partitionValues } from './partitions.js';

/** Encoded samples of a run of series, in the order of metric and series, within one window. */
export interface MetricBlock {
  readonly windowMs: number;
  readonly firstMetric: number;
  readonly lastMetric: number;
  readonly firstSeries: number;
  readonly lastSeries: number;
  readonly directory: Uint8Array;
  readonly data: Uint8Array;
}

/** Blocks of one flush or merge carry one number; of two blocks with the same sample the lower number is right, because it came first. */
export type WrittenBlock = MetricBlock & { readonly written: number };

/** What to read: windows from first to last, blocks that may hold one of the metrics, and of a single metric one of the series. */
export interface BlockQuery {
  readonly firstWindowMs: number;
  readonly lastWindowMs: number;
  /** Ascending, at least one. */
  readonly metricIds: readonly number[];
  readonly firstSeries: number;
  readonly lastSeries: number;
}

/** A block that is there, by what it can be fetched with: `written` and `place` together are of one block only, and a block never changes. */
export interface BlockKey {
  readonly written: number;
  readonly place: number;
  /** Of its directory and data. */
  readonly bytes: number;
}

/** What a fetched block holds. */
export interface FetchedBlock {
  readonly written: number;
  readonly place: number;
  readonly directory: Uint8Array;
  readonly data: Uint8Array;
}

interface BlockRow {
  readonly window_ms: string;
  readonly written: string;
  /** Of the block among those that were written with it. */
  readonly place: number;
  readonly first_metric: number;
  readonly last_metric: number;
  readonly first_series: number;
  readonly last_series: number;
  readonly directory: Buffer;
  readonly data: Buffer;
}

const COLUMNS = ['window_ms', 'written', 'place', 'first_metric', 'last_metric', 'first_series', 'last_series', 'directory', 'data'] as const;
const MS_A_DAY = 86_400_000;
const BLOCKS_A_STATEMENT = 16;

const COVERS = `window_ms BETWEEN $1 AND $2 AND last_metric >= $3 AND first_metric <= $4
  AND EXISTS (SELECT 1 FROM unnest($5::integer[]) wanted WHERE wanted BETWEEN first_metric AND last_metric)
  AND (last_metric > $3 OR last_series >= $6) AND (first_metric < $4 OR first_series <= $7)`;

const DAYS = 'day BETWEEN $8 AND $9';
const KEYS = `written, place, length(directory) + length(data) AS bytes`;
const LIST = `SELECT ${KEYS} FROM metric_segment WHERE ${DAYS} AND ${COVERS} UNION ALL SELECT ${KEYS} FROM metric_recent WHERE ${COVERS} ORDER BY written, place`;

const CONTENT = 'written, place, directory, data';
const WANTED = '(written, place) IN (SELECT * FROM unnest($10::bigint[], $11::integer[]))';
const FETCH = `SELECT ${CONTENT} FROM metric_segment WHERE ${DAYS} AND ${COVERS} AND ${WANTED} UNION ALL SELECT ${CONTENT} FROM metric_recent WHERE ${COVERS} AND ${WANTED}`;

export class BlocksStore {
  constructor(private readonly pool: Pool) {}

  /** Moves a part of the journal into recent blocks: both or neither. Throws WriterReplacedError. */
  async replacePart(epoch: number, part: number, { blocks, presence }: { readonly blocks: readonly MetricBlock[]; readonly presence: ReadonlyMap<number, Uint8Array> }): Promise<void> {
    for (const windowMs of presence.keys()) {
      await ensurePartition(this.pool, 'metric_recent', windowMs);
      await ensurePartition(this.pool, 'metric_presence', dayOf(windowMs));
    }
    await this.transaction(epoch, async (client, written) => {
      await insertBlocks(client, 'metric_recent', blocks.map((block, place) => [block.windowMs, written, place, ...rowOf(block)]));
      for (const [windowMs, series] of presence) await insertPresence(client, [dayOf(windowMs), windowMs, written, series]);
      await client.query(`DROP TABLE IF EXISTS ${partitionName('metric_journal', part)}`);
    });
  }

  /** Moves the recent blocks of a window into segments: both or neither. Throws WriterReplacedError. */
  async replaceWindow(epoch: number, windowMs: number, blocks: AsyncIterable<MetricBlock>): Promise<void> {
    const day = dayOf(windowMs);
    await ensurePartition(this.pool, 'metric_segment', day);
    await this.transaction(epoch, async (client, written) => {
      let place = 0;
      for await (const block of blocks) {
        await insertBlocks(client, 'metric_segment', [[day, block.windowMs, written, place, ...rowOf(block)]]);
        place += 1;
      }
      await client.query(`DROP TABLE ${partitionName('metric_recent', windowMs)}`);
    });
  }

  /** Windows that have recent blocks, ascending. */
  recentWindows(): Promise<number[]> {
    return partitionValues(this.pool, 'metric_recent');
  }

  /** The numbers under which recent blocks of a window were written, ascending. */
  async writtenIn(windowMs: number): Promise<number[]> {
    const { rows } = await this.pool.query<{ written: string }>('SELECT DISTINCT written FROM metric_recent WHERE window_ms = $1', [windowMs]);
    return rows.map(({ written }) => Number(written)).sort((one, other) => one - other);
  }

  /** Recent blocks of one flush in the order of metric and series. */
  async *recentBlocks(windowMs: number, written: number): AsyncGenerator<WrittenBlock> {
    for (let after = -1; ; ) {
      const { rows } = await this.pool.query<BlockRow>(
        `SELECT ${COLUMNS.join(', ')} FROM metric_recent WHERE window_ms = $1 AND written = $2 AND place > $3 ORDER BY place LIMIT ${BLOCKS_A_STATEMENT}`,
        [windowMs, written, after],
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      yield* rows.map(toBlock);
      after = last.place;
    }
  }

  /** What was written first comes first. */
  async list(query: BlockQuery): Promise<BlockKey[]> {
    const { rows } = await this.pool.query<{ written: string; place: number; bytes: number }>({ name: 'list-metric-blocks', text: LIST, values: coveredBy(query) });
    return rows.map(({ written, place, bytes }) => ({ written: Number(written), place, bytes }));
  }

  /** Of blocks that `list` gave for the same query, in any order; those that a merge has replaced meanwhile are missing. */
  async fetch(query: BlockQuery, keys: readonly BlockKey[]): Promise<FetchedBlock[]> {
    const values = [...coveredBy(query), keys.map(({ written }) => written), keys.map(({ place }) => place)];
    const { rows } = await this.pool.query<{ written: string; place: number; directory: Buffer; data: Buffer }>({ name: 'fetch-metric-blocks', text: FETCH, values });
    return rows.map(({ written, place, directory, data }) => ({ written: Number(written), place, directory, data }));
  }

  /** Bitmaps by id of the series that have samples in windows from first to last: bit i of byte n for the id 8n + i. */
  async presence(firstWindowMs: number, lastWindowMs: number): Promise<Uint8Array[]> {
    const { rows } = await this.pool.query<{ series: Buffer }>('SELECT series FROM metric_presence WHERE day BETWEEN $1 AND $2 AND window_ms BETWEEN $3 AND $4', [
      dayOf(firstWindowMs),
      dayOf(lastWindowMs),
      firstWindowMs,
      lastWindowMs,
    ]);
    return rows.map(({ series }) => series);
  }

  /** All bitmaps that there are, day by day. */
  async *allPresence(): AsyncGenerator<readonly Uint8Array[]> {
    for (const day of await partitionValues(this.pool, 'metric_presence')) {
      const { rows } = await this.pool.query<{ series: Buffer }>('SELECT series FROM metric_presence WHERE day = $1', [day]);
      yield rows.map(({ series }) => series);
    }
  }

  /** Days that have segments, ascending: whole days since 1970. */
  days(): Promise<number[]> {
    return partitionValues(this.pool, 'metric_segment');
  }

  /** With all that was recorded on that day. */
  async dropDay(day: number): Promise<void> {
    for (const table of ['metric_segment', 'metric_presence', 'metric_exemplar'] as const) await this.pool.query(`DROP TABLE IF EXISTS ${partitionName(table, day)}`);
  }

  private transaction(epoch: number, work: (client: PoolClient, written: number) => Promise<void>): Promise<void> {
    return fenced(this.pool, epoch, async (client) => {
      const { rows } = await client.query<{ written: string }>(`SELECT nextval('metric_block_written') AS written`);
      await work(client, Number(rows[0]!.written));
    });
  }
}

function coveredBy({ firstWindowMs, lastWindowMs, metricIds, firstSeries, lastSeries }: BlockQuery): unknown[] {
  return [firstWindowMs, lastWindowMs, metricIds[0], metricIds.at(-1), metricIds, firstSeries, lastSeries, dayOf(firstWindowMs), dayOf(lastWindowMs)];
}

function dayOf(windowMs: number): number {
  return Math.floor(windowMs / MS_A_DAY);
}

async function insertPresence(client: PoolClient, row: readonly unknown[]): Promise<void> {
  await client.query('INSERT INTO metric_presence (day, window_ms, written, series) VALUES ($1, $2, $3, $4)', [...row]);
}

function rowOf({ firstMetric, lastMetric, firstSeries, lastSeries, directory, data }: MetricBlock): unknown[] {
  return [firstMetric, lastMetric, firstSeries, lastSeries, directory, data];
}

async function insertBlocks(client: PoolClient, table: 'metric_recent' | 'metric_segment', rows: readonly (readonly unknown[])[]): Promise<void> {
  const columns = table === 'metric_segment' ? ['day', ...COLUMNS] : COLUMNS;
  for (let from = 0; from < rows.length; from += BLOCKS_A_STATEMENT) {
    const some = rows.slice(from, from + BLOCKS_A_STATEMENT);
    const places = some.map((_, row) => `(${columns.map((__, column) => `$${row * columns.length + column + 1}`).join(', ')})`);
    await client.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places.join(', ')}`, some.flat());
  }
}

function toBlock(row: BlockRow): WrittenBlock {
  const { first_metric: firstMetric, last_metric: lastMetric, first_series: firstSeries, last_series: lastSeries, directory, data } = row;
  return { windowMs: Number(row.window_ms), written: Number(row.written), firstMetric, lastMetric, firstSeries, lastSeries, directory, data };
}
