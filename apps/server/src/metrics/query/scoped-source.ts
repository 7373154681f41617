import type { Matcher } from '#metrics';
import type { AnyOfMatchers, MetricSource } from '../metric-source.js';

/**
 * The source as somebody sees it who may read only series that match all of `scope`. It stands below the engine, so whatever a query does, selectors in
 * subqueries and the series that info() looks for by itself included, can only meet what is in the scope.
 */
export function scopedSource(source: MetricSource, scope: readonly Matcher[]): MetricSource {
  if (scope.length === 0) return source;
  const within = (matchers: AnyOfMatchers): AnyOfMatchers => (matchers.length === 0 ? [scope] : matchers.map((all) => [...all, ...scope]));
  return {
    select: (query, signal) => source.select({ ...query, matchers: [...query.matchers, ...scope] }, signal),
    series: (matchers, span, limit, signal) => source.series(within(matchers), span, limit, signal),
    labelNames: (matchers, span, signal) => source.labelNames(within(matchers), span, signal),
    labelValues: (name, matchers, span, signal) => source.labelValues(name, within(matchers), span, signal),
    metadata: (matchers, signal) => source.metadata(within(matchers), signal),
    exemplars: (matchers, span, signal) => source.exemplars(within(matchers), span, signal),
    cardinality: (matchers, limit, signal) => source.cardinality(within(matchers), limit, signal),
  };
}
