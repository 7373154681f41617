import type { FlowReport } from '#contracts';
import { flowReportSchema } from '#contracts';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import { EdgeMeter } from './edge-meter.js';
import { FlowReporter } from './flow-reporter.js';

/** A reporter whose next tick comes when the test says so, at the wall time it says. */
function reporter(): { readonly meters: EdgeMeter[]; readonly sent: FlowReport[]; readonly tickAt: (wallMs: number) => void; readonly flow: FlowReporter } {
  let nowMs = 1_700_000_000_250;
  let act = (): void => undefined;
  const clock: Clock = { monotonicMs: () => 0, wallMs: () => nowMs, after: (_, next) => ((act = next), () => undefined) };
  const meters = [new EdgeMeter(), new EdgeMeter()];
  const sent: FlowReport[] = [];
  const flow = new FlowReporter({ meters: () => meters, clock, send: (report) => void sent.push(report) });
  flow.start();
  const tickAt = (wallMs: number): void => {
    nowMs = wallMs;
    act();
  };
  return { meters, sent, tickAt, flow };
}

describe('FlowReporter', () => {
  it('reports the second that ended, without the edges that have nothing to say', () => {
    const { meters, sent, tickAt } = reporter();
    tickAt(1_700_000_001_004);
    meters[1]?.count('ok', 12, false);
    meters[1]?.count('noResponse', 900, true);
    tickAt(1_700_000_002_004);
    expect(sent[1]).toEqual({ seq: 1, sec: 1_700_000_001, droppedReports: 0, edges: [expect.objectContaining({ edge: 1, outcomes: { ok: 1, clientError: 0, serverError: 0, noResponse: 1 }, faulted: 1 })] });
    expect(flowReportSchema.safeParse(sent[1]).success).toBe(true);
    expect(sent[1]?.edges[0]?.latency.counts).toEqual([1]);
  });

  it('says of each edge what it counted since the start, the first time and every fifteen seconds even if that is nothing', () => {
    const { meters, sent, tickAt } = reporter();
    meters[0]?.count('ok', 12, false);
    for (let second = 1; second <= 11; second++) tickAt(1_700_000_000_004 + second * 1_000);
    meters[0]?.count('ok', 12, true);
    tickAt(1_700_000_012_004);
    const told = sent.map(({ sec, edges }) => [sec % 100, ...edges.map(({ edge, outcomes, totals }) => [edge, outcomes.ok, totals.outcomes.ok, totals.faulted])]).filter(({ length }) => length > 1);
    expect(told).toEqual([
      [0, [0, 1, 1, 0], [1, 0, 0, 0]],
      [10, [0, 0, 1, 0], [1, 0, 0, 0]],
      [11, [0, 1, 2, 1]],
    ]);
  });

  it('reports an empty second too', () => {
    const { sent, tickAt } = reporter();
    tickAt(1_700_000_001_004);
    tickAt(1_700_000_002_004);
    expect(sent.map(({ seq, sec, edges }) => [seq, sec, edges.length])).toEqual([[0, 1_700_000_000, 2], [1, 1_700_000_001, 0]]);
  });

  it('never reports a second twice when the clock is set back a little, and loses no request', () => {
    const { meters, sent, tickAt } = reporter();
    tickAt(1_700_000_005_004);
    meters[0]?.count('ok', 1, false);
    tickAt(1_700_000_003_004);
    tickAt(1_700_000_006_004);
    expect(sent.map(({ sec }) => sec)).toEqual([1_700_000_004, 1_700_000_005]);
    expect(sent[1]?.edges[0]?.outcomes.ok).toBe(1);
  });

  it('reports an edge that came later under the index behind the others', () => {
    const { meters, sent, tickAt } = reporter();
    tickAt(1_700_000_001_004);
    meters.push(new EdgeMeter());
    meters[2]?.count('ok', 3, false);
    tickAt(1_700_000_002_004);
    expect(sent[1]?.edges.map(({ edge }) => edge)).toEqual([2]);
  });

  it('sends again what is not acknowledged', () => {
    const { sent, tickAt, flow } = reporter();
    for (let second = 1; second <= 4; second++) tickAt(1_700_000_000_004 + second * 1_000);
    flow.acknowledge(1);
    sent.length = 0;
    flow.resend();
    expect(sent.map(({ seq }) => seq)).toEqual([2, 3]);
  });
});
