import { describe, expect, it } from 'vitest';
import type { EdgeSecond, FlowReport } from '#contracts';
import type { ConnectedAgent } from '../agents/agent-links.service.js';
import { RecordingQueue, type RecordingJob } from './recording-queue.js';

const COUNTS = { outcomes: { ok: 1, clientError: 0, serverError: 0, noResponse: 0 }, faulted: 0, bytesSent: 0, bytesReceived: 0, connectionsOpened: 0 };
const SECOND: EdgeSecond = { edge: 0, ...COUNTS, latency: { indices: [], counts: [], sumMs: 0 }, connectionsActive: 0, totals: COUNTS };

function agent(name: string): ConnectedAgent {
  return { name, version: '1', bootId: `boot of ${name}`, startedAtMs: 1, topology: { regions: [], nodes: [], edges: [] }, capabilities: [] };
}
function job(of: ConnectedAgent, seq: number, rows = 1): RecordingJob {
  const report: FlowReport = { seq, sec: 1_700_000_000 + seq, edges: Array.from({ length: rows }, (_, edge) => ({ ...SECOND, edge })), droppedReports: 0 };
  return { agent: of, report };
}
function seqs(jobs: readonly RecordingJob[]): (number | undefined)[] {
  return jobs.map(({ report }) => report?.seq);
}

describe('RecordingQueue', () => {
  it('gives jobs in the order they came', () => {
    const queue = new RecordingQueue(10);
    for (const seq of [0, 1, 2]) queue.add(job(agent('a'), seq));
    expect(seqs(queue.peek(100))).toEqual([0, 1, 2]);
  });

  it('keeps what was given until it is done', () => {
    const queue = new RecordingQueue(10);
    queue.add(job(agent('a'), 0));
    queue.peek(100);
    expect(queue.length).toBe(1);
    queue.done(queue.peek(100));
    expect(queue.length).toBe(0);
  });

  it('takes a report that waits already only once, and again after it is done', () => {
    const queue = new RecordingQueue(10);
    const a = agent('a');
    queue.add(job(a, 0));
    queue.add(job(a, 0));
    expect(queue.length).toBe(1);
    queue.done(queue.peek(100));
    queue.add(job(a, 0));
    expect(queue.length).toBe(1);
  });

  it('ends a batch with the job that reaches the limit of rows', () => {
    const queue = new RecordingQueue(10);
    for (const seq of [0, 1, 2]) queue.add(job(agent('a'), seq, 5));
    expect(seqs(queue.peek(6))).toEqual([0, 1]);
  });

  it('drops the oldest report of the agent that is over its share, and nobody else', () => {
    const queue = new RecordingQueue(2);
    const [a, b] = [agent('a'), agent('b')];
    queue.add(job(b, 9));
    queue.add(job(a, 0));
    queue.add(job(a, 1));
    expect(queue.add(job(a, 2))).toBe(1);
    expect(seqs(queue.peek(100))).toEqual([9, 1, 2]);
  });
});
