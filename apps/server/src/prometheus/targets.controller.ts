import { Controller, Get, Inject, UseFilters } from '@nestjs/common';
import type { Matcher } from '#metrics';
import { QueryError } from '#promql';
import { Require } from '../access/require.decorator.js';
import { parseSelectors } from '../metrics/query/metric-selectors.js';
import { optionalNumber } from './parameters.js';
import { invalidParameter } from './prometheus-error.js';
import { PrometheusErrorFilter } from './prometheus-error.filter.js';
import { Asked, type PrometheusRequest } from './prometheus-request.js';
import { compileMatchers } from './compile-matchers.js';
import type { RequestForm } from './request-form.js';
import { succeeded, type Success } from './success.js';
import { activeTargetView, droppedTargetView, labelObject, type TargetMetadataView, type TargetsView } from './target-views.js';
import { TARGETS_READER, type ActiveTarget, type TargetsReader } from './targets-reader.js';

// Read on the server's own event loop: what takes long to read must not get there.
const MAX_SELECTOR_CHARACTERS = 2_000;
const STATES = { active: ['', 'any', 'active'], dropped: ['', 'any', 'dropped'] };

/** What is scraped ("Targets" in the docs of Prometheus' API). Who reads only part of the series sees only the targets whose labels are in that part. */
@Controller('prometheus/api/v1')
@UseFilters(PrometheusErrorFilter)
export class TargetsController {
  constructor(@Inject(TARGETS_READER) private readonly reader: TargetsReader) {}

  @Get('targets')
  @Require('telemetry.read')
  targets(@Asked() { form, scope }: PrometheusRequest): Success<TargetsView> {
    const state = form.value('state').toLowerCase();
    const pool = form.value('scrapePool');
    const ofPool = ({ scrapePool }: { readonly scrapePool: string }): boolean => pool === '' || pool === scrapePool;
    const active = STATES.active.includes(state) ? this.visible(scope).filter(ofPool) : [];
    // What was dropped has no labels that a scope could be held against.
    const showDropped = STATES.dropped.includes(state) && scope.length === 0;
    return succeeded({
      activeTargets: active.map(activeTargetView),
      droppedTargets: showDropped ? this.reader.dropped().filter(ofPool).map(droppedTargetView) : [],
      droppedTargetCounts: showDropped ? Object.fromEntries(this.reader.droppedCounts()) : {},
    });
  }

  @Get('scrape_pools')
  @Require('telemetry.read')
  scrapePools(@Asked() { scope }: PrometheusRequest): Success<{ readonly scrapePools: readonly string[] }> {
    const pools = scope.length === 0 ? this.reader.pools() : this.visible(scope).map(({ scrapePool }) => scrapePool);
    return succeeded({ scrapePools: [...new Set(pools)].sort() });
  }

  @Get('targets/metadata')
  @Require('telemetry.read')
  metadata(@Asked() { form, scope }: PrometheusRequest): Success<readonly TargetMetadataView[]> {
    const limit = optionalNumber(form, 'limit', 'limit must be a number') ?? -1;
    const matches = compileMatchers(targetMatchers(form));
    const views = this.visible(scope)
      .filter(({ labels }) => matches(labels))
      .flatMap((target) => this.metadataOf(target, form.value('metric')));
    return succeeded(limit < 0 ? views : views.slice(0, limit));
  }

  private metadataOf(target: ActiveTarget, metric: string): readonly TargetMetadataView[] {
    const families = this.reader.metadataOf(target);
    const view = { target: labelObject(target.labels) };
    if (metric === '') return [...families].map(([name, { type, help, unit }]) => ({ ...view, metric: name, type, help, unit }));
    const known = families.get(metric);
    return known === undefined ? [] : [{ ...view, type: known.type, help: known.help, unit: known.unit }];
  }

  private visible(scope: readonly Matcher[]): readonly ActiveTarget[] {
    const mayRead = compileMatchers(scope);
    return this.reader.active().filter(({ labels }) => mayRead(labels));
  }
}

function targetMatchers(form: RequestForm): readonly Matcher[] {
  const text = form.value('match_target');
  if (text === '') return [];
  if (text.length > MAX_SELECTOR_CHARACTERS) throw invalidParameter('match_target', `longer than ${MAX_SELECTOR_CHARACTERS} characters`);
  const matchers = selectorMatchers(text);
  if (matchers.some(({ operator }) => operator === '=~' || operator === '!~')) throw invalidParameter('match_target', 'targets are matched by = and != only');
  return matchers;
}

function selectorMatchers(text: string): readonly Matcher[] {
  try {
    return parseSelectors([text]).flat();
  } catch (error) {
    throw error instanceof QueryError ? invalidParameter('match_target', error.message) : error;
  }
}
