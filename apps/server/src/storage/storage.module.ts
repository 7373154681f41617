import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { SERVER_CONFIG, type ServerConfig } from '../config/config.js';
import { PG_POOL, openDataSource, openPool } from './open-database.js';
import { STORES } from './stores.js';
import { UnitOfWork } from './unit-of-work.js';

/** The database: a TypeORM `DataSource` for entities, `PG_POOL` for the hot path, and every store. `prepareDatabase` has migrated it before. */
@Global()
@Module({
  providers: [
    { provide: PG_POOL, inject: [SERVER_CONFIG], useFactory: (config: ServerConfig) => openPool(config.storage.url) },
    { provide: DataSource, inject: [SERVER_CONFIG], useFactory: (config: ServerConfig) => openDataSource(config.storage.url) },
    UnitOfWork,
    ...STORES,
  ],
  exports: [PG_POOL, DataSource, UnitOfWork, ...STORES],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(PG_POOL) private readonly pool: Pool,
  ) {}

  // Shutdown hooks run after every module's destroy hook, so what still writes on its way out finds the pools open.
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.dataSource.destroy(), this.pool.end()]);
  }
}
