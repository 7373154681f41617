import { Module, type DynamicModule } from '@nestjs/common';
import { SERVER_CONFIG, type ServerConfig } from './config.js';

/** Makes the one frozen configuration injectable everywhere as SERVER_CONFIG. */
@Module({})
export class ConfigModule {
  static of(config: ServerConfig): DynamicModule {
    return { module: ConfigModule, global: true, providers: [{ provide: SERVER_CONFIG, useValue: config }], exports: [SERVER_CONFIG] };
  }
}
