import pg from 'pg';
import type { Pool } from 'pg';
import { throughProxy } from './database-url.js';

export interface ShopPoolOptions {
  readonly databaseUrl: string;
  /** host:port of the caller's own proxied edge to the database. */
  readonly address: string;
  readonly connections: number;
  /** Longest wait for a connection from the pool; null waits for ever. */
  readonly acquireTimeoutMs: number | null;
  /** Longest wait for an answer; null waits for ever. */
  readonly queryTimeoutMs: number | null;
  readonly log: (line: string) => void;
}

// A database that is restarted breaks every idle connection at once; one line says it as well as eight.
const LOG_AT_MOST_EVERY_MS = 5_000;

/** A pool that outlives its database: a broken idle connection is dropped and logged, and the next query opens a new one. */
export function createShopPool({ databaseUrl, address, connections, acquireTimeoutMs, queryTimeoutMs, log }: ShopPoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: throughProxy(databaseUrl, address),
    max: connections,
    // To pg, 0 is no limit.
    connectionTimeoutMillis: acquireTimeoutMs ?? 0,
    query_timeout: queryTimeoutMs ?? 0,
    // Connections stay: closing an idle one says good-bye without waiting for an answer, which looks like a lost request to whoever counts on the wire.
    idleTimeoutMillis: 0,
    keepAlive: true,
  });
  let loggedAtMs = -LOG_AT_MOST_EVERY_MS;
  pool.on('error', (error) => {
    if (performance.now() - loggedAtMs < LOG_AT_MOST_EVERY_MS) return;
    loggedAtMs = performance.now();
    log(`a database connection broke while idle (${error.message}); the next query opens a new one`);
  });
  return pool;
}
