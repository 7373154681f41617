import type { Pool } from 'pg';
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
export function startInventory(context: ProcessContext<'inventory'>): StartedProcess {
  const inventory = new Inventory(context);
  setInterval(() => inventory.restock(), RESTOCK_EVERY_MS);
  return {
    routes: [
      { method: 'GET', path: '/stock/:sku', handle: ({ params }) => inventory.stock(params.sku ?? '') },
      { method: 'POST', path: '/reservations', handle: ({ body }) => inventory.reserve(itemsOf(body)) },
      { method: 'POST', path: '/releases', handle: ({ body }) => inventory.release(itemsOf(body)) },
    ],
  };
}

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

class Inventory {
  readonly #queue = new BoundedQueue({ concurrency: CONNECTIONS, maxWaiting: MAX_WAITING });
  readonly #lastStock = new Map<string, number>();
  readonly #pool: Pool;
  readonly #callEnded: (outcome: string) => void;

  constructor({ targets, databaseUrl, metrics, log }: ProcessContext<'inventory'>) {
    const { name, address, policy } = targets['shop-db'];
    this.#pool = createShopPool({ databaseUrl, address, connections: CONNECTIONS, acquireTimeoutMs: ACQUIRE_TIMEOUT_MS, queryTimeoutMs: policy.timeoutMs, log });
    this.#callEnded = (outcome) => metrics.callEnded(name, outcome);
  }

  /** Right: without the database, the last stock seen is still a good guess for a page. */
  async stock(sku: string): Promise<Answer> {
    const rows = await this.#query({ text: STOCK_SQL, values: [sku] }, READ_WITHIN_MS);
    const quantity = rows === null ? (this.#lastStock.get(sku) ?? null) : numberAt(rows[0], 'quantity');
    if (quantity === null) return rows === null ? BUSY : { status: 404, body: { error: `there is no stock of ${sku}` } };
    this.#lastStock.set(sku, quantity);
    return { status: 200, body: { sku, quantity, isOld: rows === null } };
  }

  async reserve(items: readonly BasketItem[]): Promise<Answer> {
    if (items.length === 0) return { status: 400, body: { error: 'items are needed' } };
    const rows = await this.#query({ text: RESERVE_SQL, values: asColumns(items) }, WRITE_WITHIN_MS);
    if (rows === null) return BUSY;
    return rows.length === items.length ? { status: 201, body: { reserved: items } } : { status: 409, body: { error: 'not enough in stock' } };
  }

  async release(items: readonly BasketItem[]): Promise<Answer> {
    const rows = await this.#query({ text: RELEASE_SQL, values: asColumns(items) }, WRITE_WITHIN_MS);
    return rows === null ? BUSY : { status: 200, body: {} };
  }

  /** A lost restock is made good by the next one. */
  restock(): void {
    void this.#admit({ text: RESTOCK_SQL, values: [] });
  }

  /**
   * Right: nobody waits longer than they have. Null when it took longer, when the database is away, or when too many are asking already.
   * A query that is given up keeps its place in the queue until it really ends, so the bound holds all the same.
   */
  #query(statement: Statement, withinMs: number): Promise<readonly unknown[] | null> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(null), withinMs);
      void this.#admit(statement).then((rows) => {
        clearTimeout(late);
        resolve(rows);
      });
    });
  }

  async #admit({ text, values }: Statement): Promise<readonly unknown[] | null> {
    try {
      const admitted = await this.#queue.run(() => this.#pool.query<Record<string, unknown>>(text, values));
      this.#callEnded(admitted.kind);
      return admitted.kind === 'shed' ? null : admitted.value.rows;
    } catch {
      // Timed out, refused or cut off: pg has closed that connection, the counter has it, and the caller gets its 503.
      this.#callEnded('failed');
      return null;
    }
  }
}

function asColumns(items: readonly BasketItem[]): [string[], number[]] {
  return [items.map((item) => item.sku), items.map((item) => item.quantity)];
}
