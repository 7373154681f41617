import pg from 'pg';
import { PRODUCTS } from '../services/goods.js';

// Any number that is ours: it only keeps two demos on one database from creating the same table at the same moment.
const LOCK_KEY = 7_979_001;
const FIRST_STOCK = 200;
const CONNECT_TIMEOUT_MS = 3_000;
const RETRY_EVERY_MS = 500;

// SQLSTATE classes that another try does not change: account refused (28), no such database (3D), not allowed (42).
const LASTING = /^(28|3D|42)/;

/** All of it may run again and again: it creates what is missing and never changes what is there. */
const SCHEMA_SQL = `
  BEGIN;
  SELECT pg_advisory_xact_lock(${LOCK_KEY});
  CREATE SCHEMA IF NOT EXISTS shop;
  CREATE TABLE IF NOT EXISTS shop.stock (sku text PRIMARY KEY, quantity integer NOT NULL CHECK (quantity >= 0));
  CREATE TABLE IF NOT EXISTS shop.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shopper text NOT NULL,
    country text NOT NULL,
    amount_cents bigint NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS orders_by_shopper ON shop.orders (shopper, placed_at DESC);
  CREATE INDEX IF NOT EXISTS orders_by_time ON shop.orders (placed_at);
  CREATE TABLE IF NOT EXISTS shop.order_lines (
    order_id bigint NOT NULL REFERENCES shop.orders ON DELETE CASCADE,
    sku text NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0)
  );
  CREATE INDEX IF NOT EXISTS order_lines_by_order ON shop.order_lines (order_id);
  COMMIT`;
const SEED_SQL = 'INSERT INTO shop.stock (sku, quantity) SELECT sku, $2 FROM unnest($1::text[]) AS sku ON CONFLICT (sku) DO NOTHING';

/**
 * Creates and fills the schema `shop`, directly and not through a proxy: a fault that outlived the last run must not keep the demo from starting.
 * Tries until `deadlineMs` (monotonic), because the database may be starting too. Gives the problem, or null.
 */
export async function prepareSchema(databaseUrl: string, deadlineMs: number): Promise<string | null> {
  for (;;) {
    const failure = await tryOnce(databaseUrl);
    if (failure === null) return null;
    if (failure.isLasting || performance.now() + RETRY_EVERY_MS > deadlineMs) return failure.message;
    await new Promise((resolve) => setTimeout(resolve, RETRY_EVERY_MS));
  }
}

interface Failure {
  readonly message: string;
  readonly isLasting: boolean;
}

async function tryOnce(databaseUrl: string): Promise<Failure | null> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection that breaks while a query is under way also rejects that query: the problem is reported there.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(SCHEMA_SQL);
    await client.query(SEED_SQL, [PRODUCTS.map((product) => product.sku), FIRST_STOCK]);
    return null;
  } catch (error) {
    const message = error instanceof Error && error.message !== '' ? error.message : String(error);
    return { message, isLasting: error instanceof pg.DatabaseError && LASTING.test(error.code ?? '') };
  } finally {
    // Closing what never opened is nothing to report.
    await client.end().catch(() => undefined);
  }
}
