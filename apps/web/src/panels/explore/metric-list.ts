import type { MetricMetadata } from '../../api/prometheus-api.js';

/** A metric that can be asked for; empty texts where no target says more. */
export interface MetricEntry {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly help: string;
}

// What a family's series are called besides its own name (OpenMetrics 1.0, "Suffixes").
const SUFFIXES = ['_total', '_bucket', '_count', '_sum', '_created', '_info'] as const;

/** The metrics by name, each with what is known about its family. */
export function metricEntries(names: readonly string[], metadata: Readonly<Record<string, readonly MetricMetadata[]>>): readonly MetricEntry[] {
  const familyOf = (name: string): MetricMetadata | undefined => {
    const family = [name, ...SUFFIXES.filter((suffix) => name.endsWith(suffix)).map((suffix) => name.slice(0, -suffix.length))].find((candidate) => Object.hasOwn(metadata, candidate));
    return family === undefined ? undefined : metadata[family]?.[0];
  };
  return names.map((name) => {
    const { type = '', unit = '', help = '' } = familyOf(name) ?? {};
    return { name, type: type === 'unknown' ? '' : type, unit, help };
  });
}

/** Metrics of which every word is in the name or the help; names that begin with what was typed come first. */
export function findMetrics(entries: readonly MetricEntry[], text: string): readonly MetricEntry[] {
  const typed = text.trim().toLowerCase();
  if (typed === '') return entries;
  const words = typed.split(/\s+/);
  const found = entries.filter(({ name, help }) => words.every((word) => name.toLowerCase().includes(word) || help.toLowerCase().includes(word)));
  const rank = ({ name }: MetricEntry): number => (name.toLowerCase().startsWith(typed) ? 0 : words.every((word) => name.toLowerCase().includes(word)) ? 1 : 2);
  return found.map((entry) => ({ entry, rank: rank(entry) })).toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}
