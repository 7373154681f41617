import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { METRICS_REGISTRY, createRegistry } from './metrics.js';
import { ReadinessService } from './readiness.service.js';

@Global()
@Module({
  controllers: [HealthController, MetricsController],
  providers: [{ provide: METRICS_REGISTRY, useFactory: createRegistry }, ReadinessService],
  exports: [METRICS_REGISTRY],
})
export class TelemetryModule {}
