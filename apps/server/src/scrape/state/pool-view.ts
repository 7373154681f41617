import type { ScrapePoolView } from '#contracts';
import type { ScrapePoolState } from './target-state.js';

export function poolView({ name, active, dropped, unusable, discoveries }: ScrapePoolState): ScrapePoolView {
  return {
    ...{ name, active, dropped },
    unusable: unusable.map(({ discoveredLabels, problem }) => ({ discoveredLabels: Object.fromEntries(discoveredLabels.map((label) => [label.name, label.value])), problem })),
    failing: discoveries.flatMap(({ kind, problem }) => (problem === null ? [] : [{ kind, problem: problem.message, since: new Date(problem.sinceMs).toISOString() }])),
  };
}
