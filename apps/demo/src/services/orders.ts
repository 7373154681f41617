import type { Pool } from 'pg';
import { createShopPool } from '../database/shop-pool.js';
import { numberAt, textAt } from '../http/json.js';
import type { Answer } from '../http/route.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';
import { itemsOf } from './basket.js';

// WEAKNESS over-small pool: two connections are plenty while a query takes a millisecond (2000 a second) and hopeless at 400 ms (5 a second).
// Nothing bounds the wait for one of them either: whoever comes queues up, and stays in the queue when its caller has long gone.
const CONNECTIONS = 2;
const FORGET_EVERY_MS = 60_000;

// One statement, so that an order and its lines come together or not at all, in one exchange with the database.
const PLACE_SQL = `
  WITH placed AS (INSERT INTO shop.orders (shopper, country, amount_cents) VALUES ($1, $2, $3) RETURNING id),
  lines AS (INSERT INTO shop.order_lines (order_id, sku, quantity) SELECT placed.id, line.sku, line.quantity FROM placed, unnest($4::text[], $5::int[]) AS line(sku, quantity))
  SELECT id FROM placed`;
const LIST_SQL = 'SELECT id, amount_cents, placed_at FROM shop.orders WHERE shopper = $1 ORDER BY placed_at DESC LIMIT 10';
const LINES_SQL = 'SELECT order_id, sku, quantity FROM shop.order_lines WHERE order_id = ANY($1::bigint[])';
// The demo runs for days on someone's laptop: an hour of orders is history enough.
const FORGET_SQL = "DELETE FROM shop.orders WHERE placed_at < now() - interval '1 hour'";

const DATABASE_AWAY: Answer = { status: 503, body: { error: 'the database is away' } };

/** Orders placed, in Postgres. */
export function startOrders(context: ProcessContext<'orders'>): StartedProcess {
  const orders = new Orders(context);
  setInterval(() => orders.forgetOld(), FORGET_EVERY_MS);
  return {
    routes: [
      { method: 'POST', path: '/orders', handle: ({ body }) => orders.place(body) },
      { method: 'GET', path: '/orders', handle: ({ query }) => orders.list(query.get('shopper') ?? '') },
    ],
  };
}

class Orders {
  readonly #pool: Pool;
  readonly #callEnded: (outcome: string) => void;

  constructor({ targets, databaseUrl, metrics, log }: ProcessContext<'orders'>) {
    const { name, address, policy } = targets['shop-db'];
    this.#pool = createShopPool({ databaseUrl, address, connections: CONNECTIONS, acquireTimeoutMs: null, queryTimeoutMs: policy.timeoutMs, log });
    this.#callEnded = (outcome) => metrics.callEnded(name, outcome);
  }

  async place(body: unknown): Promise<Answer> {
    const items = itemsOf(body);
    const [shopper, country, amountCents] = [textAt(body, 'shopper'), textAt(body, 'country'), numberAt(body, 'amountCents')];
    if (shopper === null || country === null || amountCents === null || items.length === 0) return { status: 400, body: { error: 'shopper, country, amountCents and items are needed' } };
    const rows = await this.#query(PLACE_SQL, [shopper, country, amountCents, items.map((item) => item.sku), items.map((item) => item.quantity)]);
    return rows === null ? DATABASE_AWAY : { status: 201, body: { orderId: rows[0]?.id } };
  }

  async list(shopper: string): Promise<Answer> {
    const orders = await this.#query(LIST_SQL, [shopper]);
    const lines = orders === null ? null : await this.#query(LINES_SQL, [orders.map((order) => order.id)]);
    if (orders === null || lines === null) return DATABASE_AWAY;
    return { status: 200, body: { orders: orders.map((order) => ({ ...order, lines: lines.filter((line) => line.order_id === order.id) })) } };
  }

  /** A lost one is made good by the next. */
  forgetOld(): void {
    void this.#query(FORGET_SQL, []);
  }

  /** Null when the database is away; it never gives up on one that is slow. */
  async #query(text: string, values: unknown[]): Promise<readonly Record<string, unknown>[] | null> {
    try {
      const { rows } = await this.#pool.query<Record<string, unknown>>(text, values);
      this.#callEnded('done');
      return rows;
    } catch {
      // Refused or cut off: the counter has it, and the caller gets its 503.
      this.#callEnded('failed');
      return null;
    }
  }
}
