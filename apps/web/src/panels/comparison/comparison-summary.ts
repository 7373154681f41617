import type { ComparisonView, EdgeComparison, MetricComparison, Phase, Verdict } from '#contracts';
import { formatCount, formatShare } from '../format/number.js';

const GRAVITY: Readonly<Record<Verdict, number>> = { DEGRADED: 4, IMPROVED: 3, INCONCLUSIVE: 2, NO_DATA: 1, NO_MATERIAL_CHANGE: 0 };

/** What a reader should know first about one edge in one phase: harm before anything else, certainty last. */
export function gravestVerdict(metrics: readonly MetricComparison[], phase: Exclude<Phase, 'before'>): Verdict {
  return metrics.map((metric) => metric[phase].verdict).reduce<Verdict>((worst, verdict) => (GRAVITY[verdict] > GRAVITY[worst] ? verdict : worst), 'NO_MATERIAL_CHANGE');
}

/** `The fault acted on 743 of 751 requests (98.9 %).`, or that it did not bite and nothing here proves anything. */
export function biteText({ faulted, requests }: ComparisonView['bite']): string {
  if (requests === 0) return 'No requests crossed the edge while the fault was active, so it had nothing to act on and this comparison proves nothing.';
  if (faulted === 0) return `The fault acted on none of ${formatCount(requests)} requests. It did not bite, so this comparison proves nothing.`;
  return `The fault acted on ${formatCount(faulted)} of ${formatCount(requests)} requests (${formatShare(faulted / requests)}).`;
}

/** How far the harm went and whether it is over, in one sentence. */
export function spreadText(view: ComparisonView): string {
  const harmed = view.edges.filter((edge) => gravestVerdict(edge.metrics, 'during') === 'DEGRADED');
  if (harmed.length === 0) return 'No edge is proven to have degraded while it acted.';
  const upstream = harmed.filter((edge) => edge.distance > 0).length;
  const reach = upstream === 0 ? 'The faulted edge degraded; no caller is proven to have.' : `It degraded ${harmed.length} of ${view.edges.length} edges, ${upstream} of them upstream.`;
  return `${reach} ${recoveryText(view, harmed)}`;
}

function recoveryText(view: ComparisonView, harmed: readonly EdgeComparison[]): string {
  if (view.windows.after?.complete !== true) return 'Recovery is still being measured.';
  const lasting = harmed.filter((edge) => gravestVerdict(edge.metrics, 'after') === 'DEGRADED').length;
  return lasting === 0 ? 'None of them is degraded after it ended.' : `${lasting} of them still ${lasting === 1 ? 'is' : 'are'} after it ended.`;
}

/** Every reason given for having no clearer answer, once each, with the metrics that it holds for. */
export function unclearReasons(metrics: readonly MetricComparison[], label: (metric: MetricComparison) => string): readonly string[] {
  const metricsByReason = new Map<string, string[]>();
  for (const metric of metrics) {
    for (const phase of ['during', 'after'] as const) {
      const why = metric[phase].why;
      if (why !== null) metricsByReason.set(why, [...(metricsByReason.get(why) ?? []), `${label(metric)} ${phase}`]);
    }
  }
  return [...metricsByReason].map(([why, where]) => `${where.join(', ')}: ${why}`);
}

export function distanceText(distance: number): string {
  if (distance === 0) return 'The faulted edge';
  return distance === 1 ? '1 call upstream' : `${distance} calls upstream`;
}
