import type { FlowReport } from '#contracts';
import { describe, expect, it } from 'vitest';
import { FlowBuffer, MAX_UNACKED_REPORTS } from './flow-buffer.js';

const report = (seq: number): FlowReport => ({ seq, sec: 1_700_000_000 + seq, edges: [], droppedReports: 0 });

describe('FlowBuffer', () => {
  it('keeps reports until they are acknowledged', () => {
    const buffer = new FlowBuffer();
    for (let seq = 0; seq < 5; seq++) buffer.push(report(seq));
    buffer.acknowledge(2);
    expect(buffer.unacknowledged().map(({ seq }) => seq)).toEqual([3, 4]);
  });

  it('drops the oldest when full, and counts every one', () => {
    const buffer = new FlowBuffer();
    for (let seq = 0; seq < MAX_UNACKED_REPORTS + 25; seq++) buffer.push(report(seq));
    const kept = buffer.unacknowledged();
    expect(kept).toHaveLength(MAX_UNACKED_REPORTS);
    expect(kept[0]?.seq).toBe(25);
    expect(kept.reduce((sum, { droppedReports }) => sum + droppedReports, 0)).toBe(25);
  });
});
