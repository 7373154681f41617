import { Module, type DynamicModule, type ModuleMetadata, type Provider } from '@nestjs/common';
import { MetricQuestions } from '../metrics/metric-questions.service.js';
import { MetricQueries } from './metric-queries.service.js';
import { QueryController } from './query.controller.js';
import { RulesController } from './rules.controller.js';
import { SeriesController } from './series.controller.js';
import { StatusController } from './status.controller.js';
import { TargetsController } from './targets.controller.js';
import { UnknownRouteController } from './unknown-route.controller.js';

interface PrometheusParts {
  /** Of QUERY_SETTINGS and TARGETS_READER. */
  readonly providers: readonly Provider[];
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

/**
 * Prometheus' HTTP API below `/prometheus`, which is the address to give to Grafana. Arrows mean "calls":
 *
 *     controllers -> MetricQueries -> MetricQuestions -> QueryThread -> (thread) engine -> metric store
 */
@Module({})
export class PrometheusModule {
  static of({ providers, imports = [] }: PrometheusParts): DynamicModule {
    return {
      module: PrometheusModule,
      imports,
      // The last one takes what no other does.
      controllers: [QueryController, SeriesController, TargetsController, RulesController, StatusController, UnknownRouteController],
      providers: [...providers, MetricQuestions, MetricQueries],
      exports: [MetricQuestions],
      // What agents report is asked for outside of Prometheus' API too.
      global: true,
    };
  }
}
