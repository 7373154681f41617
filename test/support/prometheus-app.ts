import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError } from '#contracts';
import type { Matcher } from '#metrics';
import { principalHolder, type Principal } from '../../apps/server/src/access/principal.js';
import { DECLARED_ACCESS, type DeclaredAccess } from '../../apps/server/src/access/require.decorator.js';
import type { MetricSourceModule } from '../../apps/server/src/metrics/query/open-metric-source.js';
import type { QueryThreadSettings } from '../../apps/server/src/metrics/query/query-thread.js';
import { PrometheusModule } from '../../apps/server/src/prometheus/prometheus.module.js';
import { QUERY_DEFAULTS, QUERY_SETTINGS, type QuerySettings } from '../../apps/server/src/metrics/query-settings.js';
import { TARGETS_READER, type TargetsReader } from '../../apps/server/src/prometheus/targets-reader.js';
import { openMetricSource, type MemoryStore } from './memory-metric-source.js';
import { PROJECT_ROOT } from './project-root.js';

const DIST = join(PROJECT_ROOT, 'dist');
// The thread imports it by its path: this is where the compiler sees that it fits.
const _memory: MetricSourceModule = { openMetricSource };

/** What the stub of the guard lets in, from the header `x-test-reader`; without the header nobody. */
export interface TestReader {
  readonly role: 'viewer' | 'nothing';
  readonly scope: readonly Matcher[];
}

export interface PrometheusApp {
  readonly origin: string;
  close(): Promise<void>;
}

export interface PrometheusAppParts {
  readonly store: MemoryStore;
  readonly targets: TargetsReader;
  readonly thread?: Partial<QueryThreadSettings>;
  readonly timeoutMs?: number;
}

/** Prometheus' API as it is, over metrics in memory, with the compiled query thread and a stub of the guard. */
export async function startPrometheusApp({ store, targets, thread = {}, timeoutMs = QUERY_DEFAULTS.timeoutMs }: PrometheusAppParts): Promise<PrometheusApp> {
  const settings: QuerySettings = { thread: { ...threadSettings(store), ...thread }, timeoutMs, retentionMs: 15 * 86_400_000 };
  const root = {
    module: AppUnderTest,
    imports: [PrometheusModule.of({ providers: [{ provide: QUERY_SETTINGS, useValue: settings }, { provide: TARGETS_READER, useValue: targets }] })],
    providers: [{ provide: APP_GUARD, useClass: HeaderGuard }],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter({ bodyLimit: 1_048_576, forceCloseConnections: true }), { logger: false });
  await app.listen(0, '127.0.0.1');
  return { origin: await app.getUrl(), close: () => app.close() };
}

/** Of a thread over `store`. */
export function threadSettings(store: MemoryStore): QueryThreadSettings {
  return {
    entry: pathToFileURL(join(DIST, 'apps/server/src/metrics/query/query-worker.js')),
    source: { module: pathToFileURL(join(DIST, 'test/support/memory-metric-source.js')).href, options: store },
    engine: QUERY_DEFAULTS.engine,
    maxConcurrent: QUERY_DEFAULTS.maxConcurrent,
    maxWaiting: 100,
    maxMemoryMib: 512,
    stuckAfterMs: 1_000,
  };
}

@Module({})
class AppUnderTest {}

class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const access = Reflect.getMetadata(DECLARED_ACCESS, context.getHandler()) as DeclaredAccess;
    const header = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>().headers['x-test-reader'];
    if (access.kind === 'public') return true;
    if (header === undefined) throw new AppError('SIGN_IN_REQUIRED');
    const { role, scope } = JSON.parse(header) as TestReader;
    if (role === 'nothing' && access.kind === 'permission') throw new AppError('PERMISSION_DENIED', { role, permission: access.permission });
    principalHolder(context).principal = { id: 'x', name: 'x', role: 'viewer', via: 'token', readScope: scope } as Principal;
    return true;
  }
}
