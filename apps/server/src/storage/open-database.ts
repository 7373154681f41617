import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { ENTITIES } from './entities.js';

/** Injects the `pg.Pool` of the hot path: samples never pass the ORM. */
export const PG_POOL = Symbol('PG_POOL');

// Two pools of this size stay far below the default limit of 100 connections even with several servers on one Postgres.
const POOL_SIZE = 8;

// A request must fail while its sender still waits, so that a hung database reads as "unavailable" and not as a hung Faultline.
const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000;

const log = new Logger('Database');

/** A pool that outlives its database: broken connections are dropped and logged, and the next query opens a new one. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: QUERY_TIMEOUT_MS, keepAlive: true });
  pool.on('error', logLostConnection);
  return pool;
}

export function openDataSource(url: string): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: ENTITIES,
    logging: false,
    poolSize: POOL_SIZE,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { query_timeout: QUERY_TIMEOUT_MS, keepAlive: true },
    poolErrorHandler: logLostConnection,
  });
  return dataSource.initialize();
}

// Without a listener the first lost idle connection would end the process.
function logLostConnection(error: unknown): void {
  log.warn(`A database connection was lost: ${error instanceof Error ? error.message : String(error)}`);
}
