import { createShopPool } from '../database/shop-pool.js';
import { numberAt } from '../http/json.js';
import type { Answer } from '../http/route.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import { itemsOf } from './basket.js';
import type { BasketItem } from './basket.js';
import { BoundedQueue } from './bounded-queue.js';

// At 400 ms a query these answer 20 a second, four times the shop's peak: a slow database makes inventory slow and nothing worse.
const CONNECTIONS = 8;
// As many again may wait: at 400 ms that is one more round. Beyond it, no is the better answer.
const MAX_WAITING = 8;
// A new connection needs up to four exchanges before its first query; at 400 ms each it still comes about.
const ACQUIRE_TIMEOUT_MS = 2_500;
// Each shorter than the patience of who asks (call-policies.ts): cart with 1000 ms, checkout with 2000. An answer after that is worth nothing.
const READ_WITHIN_MS = 800;
const WRITE_WITHIN_MS = 1_800;
const RESTOCK_EVERY_MS = 15_000;

const STOCK_SQL = 'SELECT quantity FROM shop.stock WHERE sku = $1';
// All or nothing, and rows are locked in the order of their sku, so that two reservations never wait for each other in a circle.
const RESERVE_SQL = `
  WITH wanted AS (SELECT * FROM unnest($1::text[], $2::int[]) AS w(sku, wanted)),
  held AS (SELECT s.sku, s.quantity, w.wanted FROM shop.stock s JOIN wanted w ON w.sku = s.sku ORDER BY s.sku FOR UPDATE OF s)
  UPDATE shop.stock s SET quantity = s.quantity - held.wanted FROM held
  WHERE s.sku = held.sku AND (SELECT count(*) FILTER (WHERE quantity >= held.wanted) FROM held) = cardinality($1::text[])
  RETURNING s.sku`;
const RELEASE_SQL = `
  WITH returned AS (SELECT * FROM unnest($1::text[], $2::int[]) AS r(sku, returned)),
  held AS (SELECT s.sku, r.returned FROM shop.stock s JOIN returned r ON r.sku = s.sku ORDER BY s.sku FOR UPDATE OF s)
  UPDATE shop.stock s SET quantity = s.quantity + held.returned FROM held WHERE s.sku = held.sku`;
const RESTOCK_SQL = `
  WITH low AS (SELECT sku FROM shop.stock WHERE quantity < 40 ORDER BY sku FOR UPDATE)
  UPDATE shop.stock s SET quantity = 200 FROM low WHERE s.sku = low.sku`;
const BUSY: Answer = { status: 503, body: { error: 'inventory is busy' } };

/** What is in stock, in Postgres. The counterpart of orders: the same database behind the same kind of edge, with bounds on everything. */
export function startInventory({ targets, databaseUrl, metrics, log }: ProcessContext<'inventory'>): StartedProcess {
  const { name, address, policy } = targets['shop-db'];
  const pool = createShopPool({ databaseUrl, address, connections: CONNECTIONS, acquireTimeoutMs: ACQUIRE_TIMEOUT_MS, queryTimeoutMs: policy.timeoutMs, log });
  const queue = new BoundedQueue({ concurrency: CONNECTIONS, maxWaiting: MAX_WAITING });
  const lastStock = new Map<string, number>();

  /** Null when the database is away, or when too many are asking already. */
  async function admit(text: string, values: unknown[]): Promise<readonly unknown[] | null> {
    try {
      const admitted = await queue.run(() => pool.query<Record<string, unknown>>(text, values));
      metrics.callEnded(name, admitted.kind);
      return admitted.kind === 'shed' ? null : admitted.value.rows;
    } catch {
      // Timed out, refused or cut off: pg has closed that connection, the counter has it, and the caller gets its 503.
      metrics.callEnded(name, 'failed');
      return null;
    }
  }

  /** Right: nobody waits longer than they have; the query keeps its place in the queue until it really ends, so the bound holds all the same. */
  function query(text: string, values: unknown[], withinMs: number): Promise<readonly unknown[] | null> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(null), withinMs);
      void admit(text, values).then((rows) => {
        clearTimeout(late);
        resolve(rows);
      });
    });
  }

  /** Right: without the database, the last stock seen is still a good guess for a page. */
  async function stock(sku: string): Promise<Answer> {
    const rows = await query(STOCK_SQL, [sku], READ_WITHIN_MS);
    const quantity = rows === null ? (lastStock.get(sku) ?? null) : numberAt(rows[0], 'quantity');
    if (quantity === null) return rows === null ? BUSY : { status: 404, body: { error: `there is no stock of ${sku}` } };
    lastStock.set(sku, quantity);
    return { status: 200, body: { sku, quantity, isOld: rows === null } };
  }

  async function reserve(body: unknown): Promise<Answer> {
    const items = itemsOf(body);
    if (items.length === 0) return { status: 400, body: { error: 'items are needed' } };
    const rows = await query(RESERVE_SQL, asColumns(items), WRITE_WITHIN_MS);
    if (rows === null) return BUSY;
    return rows.length === items.length ? { status: 201, body: { reserved: items } } : { status: 409, body: { error: 'not enough in stock' } };
  }

  async function release(body: unknown): Promise<Answer> {
    return (await query(RELEASE_SQL, asColumns(itemsOf(body)), WRITE_WITHIN_MS)) === null ? BUSY : { status: 200, body: {} };
  }

  // A lost restock is made good by the next one.
  setInterval(() => void admit(RESTOCK_SQL, []), RESTOCK_EVERY_MS);
  return {
    routes: [
      { method: 'GET', path: '/stock/:sku', handle: ({ params }) => stock(params.sku ?? '') },
      { method: 'POST', path: '/reservations', handle: ({ body }) => reserve(body) },
      { method: 'POST', path: '/releases', handle: ({ body }) => release(body) },
    ],
  };
}

function asColumns(items: readonly BasketItem[]): [string[], number[]] {
  return [items.map((item) => item.sku), items.map((item) => item.quantity)];
}
