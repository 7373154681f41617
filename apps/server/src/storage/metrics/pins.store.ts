import type { Pool } from 'pg';

export interface Pin {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Who needs it, for whoever wonders why a day is still there. */
  readonly reason: string;
}

const MS_A_DAY = 86_400_000;

/** Spans of time that are never dropped, because something refers to them: an experiment's, say. */
export class PinsStore {
  constructor(private readonly pool: Pool) {}

  /** A pin that is there is moved. */
  async put({ id, fromMs, toMs, reason }: Pin): Promise<void> {
    await this.pool.query(
      'INSERT INTO metric_pin (id, from_ms, to_ms, reason) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET from_ms = EXCLUDED.from_ms, to_ms = EXCLUDED.to_ms, reason = EXCLUDED.reason',
      [id, fromMs, toMs, reason],
    );
  }

  async remove(id: string): Promise<void> {
    await this.pool.query('DELETE FROM metric_pin WHERE id = $1', [id]);
  }

  /** By their beginning, the newest first. */
  async all(): Promise<Pin[]> {
    const { rows } = await this.pool.query<{ id: string; from_ms: string; to_ms: string; reason: string }>('SELECT id, from_ms, to_ms, reason FROM metric_pin ORDER BY from_ms DESC, id');
    return rows.map(({ id, from_ms: fromMs, to_ms: toMs, reason }) => ({ id, fromMs: Number(fromMs), toMs: Number(toMs), reason }));
  }

  /** Every day of which a part is pinned: whole days since 1970. */
  async days(): Promise<ReadonlySet<number>> {
    const { rows } = await this.pool.query<{ from_ms: string; to_ms: string }>('SELECT from_ms, to_ms FROM metric_pin');
    const days = new Set<number>();
    for (const row of rows) for (let day = Math.floor(Number(row.from_ms) / MS_A_DAY); day * MS_A_DAY <= Number(row.to_ms); day += 1) days.add(day);
    return days;
  }
}
