import { describe, expect, it } from 'vitest';
import type { ComparisonView, EdgeComparison, MetricComparison, Shift, Verdict } from '#contracts';
import { biteText, gravestVerdict, spreadText, unclearReasons } from './comparison-summary.js';
import { shiftText } from './metric-text.js';

const shift = (verdict: Verdict, why: string | null = null): Shift => ({ verdict, shift: 1, low: 0, high: 2, why });
const metric = (during: Shift, after: Shift = shift('NO_MATERIAL_CHANGE')): MetricComparison => ({ metric: 'p95Ms', values: { before: 1, during: 2, after: 1 }, during, after });
const edge = (distance: number, ...metrics: MetricComparison[]): EdgeComparison => ({ edge: { source: 'a', target: 'b', protocol: 'http' }, distance, metrics, series: [] });
const window = (complete: boolean) => ({ fromSec: 0, toSec: 60, complete });
const view = (edges: EdgeComparison[], afterComplete = true): ComparisonView => ({
  faultId: 'f',
  windows: { before: window(true), during: window(true), after: window(afterComplete) },
  bite: { faulted: 743, requests: 751 },
  edges,
});

describe('biteText', () => {
  it('gives the proof that the fault acted', () => expect(biteText({ faulted: 743, requests: 751 })).toBe('The fault acted on 743 of 751 requests (98.9 %).'));
  it('says so when it did not bite', () => {
    expect(biteText({ faulted: 0, requests: 1_751 })).toMatch(/none of 1\u202f751 .* proves nothing/);
    expect(biteText({ faulted: 0, requests: 0 })).toMatch(/nothing to act on/);
  });
});

describe('gravestVerdict', () => {
  it('puts harm before doubt and doubt before calm', () => {
    const metrics = [metric(shift('NO_MATERIAL_CHANGE')), metric(shift('INCONCLUSIVE')), metric(shift('DEGRADED'))];
    expect(gravestVerdict(metrics, 'during')).toBe('DEGRADED');
    expect(gravestVerdict(metrics.slice(0, 2), 'during')).toBe('INCONCLUSIVE');
    expect(gravestVerdict(metrics, 'after')).toBe('NO_MATERIAL_CHANGE');
  });
});

describe('spreadText', () => {
  const harmed = metric(shift('DEGRADED'));
  it('counts what was harmed upstream and says that it is over', () => {
    expect(spreadText(view([edge(0, harmed), edge(1, harmed), edge(2, metric(shift('INCONCLUSIVE')))]))).toBe('It degraded 2 of 3 edges, 1 of them upstream. None of them is degraded after it ended.');
  });
  it('does not claim recovery before it is measured', () => expect(spreadText(view([edge(0, harmed)], false))).toMatch(/no caller is proven to have\. Recovery is still being measured/));
  it('names harm that stays', () => expect(spreadText(view([edge(0, metric(shift('DEGRADED'), shift('DEGRADED')))]))).toMatch(/1 of them still is/));
  it('claims nothing without proof', () => expect(spreadText(view([edge(0, metric(shift('INCONCLUSIVE')))]))).toBe('No edge is proven to have degraded while it acted.'));
});

describe('unclearReasons', () => {
  it('says each reason once, with all it holds for', () => {
    const metrics = [metric(shift('NO_DATA', 'fewer than 20 seconds')), metric(shift('NO_DATA', 'fewer than 20 seconds'), shift('INCONCLUSIVE', 'too noisy'))];
    expect(unclearReasons(metrics, () => 'p95')).toEqual(['p95 during, p95 during: fewer than 20 seconds', 'p95 after: too noisy']);
  });
});

describe('shiftText', () => {
  it('writes the shift with its interval, each with its sign', () => {
    expect(shiftText('p95Ms', { verdict: 'DEGRADED', shift: 400, low: 380, high: 420, why: null })).toEqual({ shift: '+400 ms', interval: '+380 to +420 ms' });
    expect(shiftText('p95Ms', { verdict: 'DEGRADED', shift: 1_000, low: 900, high: 1_100, why: null })?.interval).toBe('+900 ms to +1.1 s');
    expect(shiftText('requestsPerSec', { verdict: 'INCONCLUSIVE', shift: -0.5, low: -1.2, high: 0.2, why: null })).toEqual({ shift: '−0.5', interval: '−1.2 to +0.2' });
    expect(shiftText('requestsPerSec', { verdict: 'INCONCLUSIVE', shift: 0, low: -1, high: 0, why: null })).toEqual({ shift: '±0', interval: '−1 to 0' });
    expect(shiftText('failureRatio', { verdict: 'INCONCLUSIVE', shift: 0.021, low: null, high: null, why: 'x' })).toEqual({ shift: '+2.1 pp', interval: null });
    expect(shiftText('p95Ms', { verdict: 'NO_DATA', shift: null, low: null, high: null, why: 'x' })).toBeNull();
  });
});
