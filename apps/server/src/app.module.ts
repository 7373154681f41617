import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { AuditModule } from './audit/audit.module.js';
import type { ServerConfig } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { ErrorFilter } from './errors/error.filter.js';
import { MetricsServerModule } from './metrics-server.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { StorageModule } from './storage/storage.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { TrafficServerModule } from './traffic-server.module.js';
import { WebModule } from './web/web.module.js';

/** The whole server. WebModule is last: its wildcard route takes what no other route does. */
@Module({})
export class AppModule {
  static of(config: ServerConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.of(config), StorageModule, AuditModule, AccessModule, TelemetryModule, OpenApiModule, TrafficServerModule, MetricsServerModule.of(config), WebModule],
      providers: [{ provide: APP_FILTER, useClass: ErrorFilter }],
    };
  }
}
