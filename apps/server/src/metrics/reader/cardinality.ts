import { METRIC_NAME } from '#metrics';
import type { Labels } from '#metrics';
import type { Cardinality, CardinalityCount } from '../metric-source.js';

/** What makes the series many: counted over all of them, cut to the `limit` greatest. */
export function cardinalityOf(all: readonly Labels[], limit: number): Cardinality {
  const byMetric = new Map<string, number>();
  const byPair = new Map<string, number>();
  const values = new Map<string, Set<string>>();
  for (const labels of all) {
    for (const { name, value } of labels) {
      if (name === METRIC_NAME) add(byMetric, value, 1);
      add(byPair, `${name}=${value}`, 1);
      const known = values.get(name);
      if (known === undefined) values.set(name, new Set([value]));
      else known.add(value);
    }
  }
  const valuesByLabel = new Map([...values].map(([name, distinct]) => [name, distinct.size]));
  const bytesByLabel = new Map([...values].map(([name, distinct]) => [name, [...distinct].reduce((sum, value) => sum + Buffer.byteLength(value), 0)]));
  const lists = { byMetric: greatest(byMetric, limit), valuesByLabel: greatest(valuesByLabel, limit), seriesByPair: greatest(byPair, limit), bytesByLabel: greatest(bytesByLabel, limit) };
  return { series: all.length, labelPairs: byPair.size, ...lists };
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function greatest(counts: ReadonlyMap<string, number>, limit: number): CardinalityCount[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
    .slice(0, limit);
}
