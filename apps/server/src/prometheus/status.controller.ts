import { hostname, availableParallelism } from 'node:os';
import { Controller, Get, Header, HttpStatus, Inject, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public, Require } from '../access/require.decorator.js';
import { formatDuration } from '../scrape/config/duration.js';
import { MetricQueries } from './metric-queries.service.js';
import { optionalNumber } from './parameters.js';
import { PrometheusError } from './prometheus-error.js';
import { PrometheusErrorFilter } from './prometheus-error.filter.js';
import { Asked, type PrometheusRequest } from './prometheus-request.js';
import { QUERY_SETTINGS, type QuerySettings } from '../metrics/query-settings.js';
import { succeeded, type Success } from './success.js';
import { TARGETS_READER, type TargetsReader } from './targets-reader.js';

const MIB = 1_048_576;
/** The Prometheus whose API and query language this is. Clients choose by it what they ask for. */
const PROMETHEUS_VERSION = '3.14.0';
const CARDINALITY_LIMIT = { preset: 10, max: 10_000 };
const STARTED_AT = new Date();

type Texts = Readonly<Record<string, string>>;

/** What Prometheus says about itself, as far as it is true here ("Status" and "Management API" in its docs). */
@Controller('prometheus')
@UseFilters(PrometheusErrorFilter)
export class StatusController {
  constructor(
    private readonly queries: MetricQueries,
    @Inject(QUERY_SETTINGS) private readonly settings: QuerySettings,
    @Inject(TARGETS_READER) private readonly targets: TargetsReader,
  ) {}

  /** Without `features`: where there are some, Grafana takes the server for Mimir and asks for its rules. */
  @Get('api/v1/status/buildinfo')
  @Require('telemetry.read')
  buildInfo(): Success<Texts> {
    return succeeded({ version: PROMETHEUS_VERSION, revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' });
  }

  @Get('api/v1/status/flags')
  @Require('telemetry.read')
  flags(): Success<Texts> {
    const { thread, timeoutMs, retentionMs } = this.settings;
    return succeeded({
      'query.lookback-delta': formatDuration(thread.engine.lookbackMs),
      'query.max-concurrency': String(thread.maxConcurrent),
      'query.max-samples': String(thread.engine.maxSamples),
      'query.timeout': formatDuration(timeoutMs),
      'storage.tsdb.retention.time': formatDuration(retentionMs),
    });
  }

  @Get('api/v1/status/runtimeinfo')
  @Require('telemetry.read')
  runtimeInfo(): Success<Readonly<Record<string, string | number | boolean>>> {
    const { valid, appliedAt } = this.targets.config();
    return succeeded({
      startTime: STARTED_AT.toISOString(),
      CWD: '',
      hostname: hostname(),
      serverTime: new Date().toISOString(),
      reloadConfigSuccess: valid,
      lastConfigTime: appliedAt.toISOString(),
      corruptionCount: 0,
      goroutineCount: 0,
      GOMAXPROCS: availableParallelism(),
      GOMEMLIMIT: this.settings.thread.maxMemoryMib * MIB,
      GOGC: '',
      GODEBUG: '',
      storageRetention: formatDuration(this.settings.retentionMs),
    });
  }

  @Get('api/v1/status/tsdb')
  @Require('telemetry.read')
  @Header('content-type', 'application/json')
  cardinality(@Asked() { form, scope, signal }: PrometheusRequest): Promise<Buffer> {
    const limit = optionalNumber(form, 'limit', 'limit must be a positive number') ?? CARDINALITY_LIMIT.preset;
    if (limit < 1) throw new PrometheusError('bad_data', 'limit must be a positive number');
    if (limit > CARDINALITY_LIMIT.max) throw new PrometheusError('bad_data', `limit must not exceed ${CARDINALITY_LIMIT.max}`);
    return this.queries.ask({ kind: 'cardinality', scope, limit }, signal);
  }

  @Get('-/healthy')
  @Public()
  healthy(): string {
    return 'Faultline is healthy.\n';
  }

  /** Whether queries can be answered. */
  @Get('-/ready')
  @Public()
  ready(@Res({ passthrough: true }) reply: FastifyReply): string {
    if (this.queries.ready) return 'Faultline is ready.\n';
    void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return 'The metric store is not open yet.\n';
  }
}
