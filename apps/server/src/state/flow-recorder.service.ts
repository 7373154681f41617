import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FlowReport } from '#contracts';
import { AgentLinks, type ConnectedAgent } from '../agents/agent-links.service.js';
import { edgeSeries, samplesOf, type EdgeSeriesSet, type FiledReport } from '../metrics/edges/report-samples.js';
import { MetricStore } from '../metrics/metric-store.service.js';
import { WriteFailedError } from '../metrics/write-failed.js';
import { isDatabaseUnavailable } from '../storage/database-failure.js';
import { TopologyStore } from '../storage/topology.store.js';
import { droppedReports, recordedFlowSamples, recordingLag, unrecordedReports } from './flow-metrics.js';
import { RecordingQueue, type RecordingJob } from './recording-queue.js';

// Reports of one second come within some milliseconds of each other: waiting this long writes them together.
const COALESCE_MS = 50;
// Bounds one round of writing to some hundred milliseconds.
const EDGE_SECONDS_A_ROUND = 20_000;
// An agent keeps this many unacknowledged reports itself, so keeping more of them here would keep what it has given up.
const MAX_WAITING_REPORTS = 600;
const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 5_000;

/**
 * Records flow reports as samples and acknowledges them after the commit. What was committed already is a duplicate, which the metric store passes over.
 *
 *     record -> queue --50 ms--> one round: topology, samples -> committed -> ack
 *                  ^______________ database away: later again ______|
 */
@Injectable()
export class FlowRecorder implements OnModuleDestroy {
  private readonly log = new Logger('Flow');
  private readonly queue = new RecordingQueue(MAX_WAITING_REPORTS);
  private readonly filings = new WeakMap<ConnectedAgent, readonly EdgeSeriesSet[]>();
  private running = false;
  private stopped = false;

  constructor(
    private readonly metrics: MetricStore,
    private readonly topology: TopologyStore,
    private readonly links: AgentLinks,
  ) {}

  /** Keeps what the agent carries, also when it has nothing to report. */
  begin(agent: ConnectedAgent): void {
    this.add({ agent, report: null });
  }

  record(agent: ConnectedAgent, report: FlowReport): void {
    this.add({ agent, report });
  }

  onModuleDestroy(): void {
    this.stopped = true;
  }

  private add(job: RecordingJob): void {
    droppedReports.inc(this.queue.add(job));
    unrecordedReports.set(this.queue.length);
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    let retryMs = FIRST_RETRY_MS;
    await sleep(COALESCE_MS);
    while (this.queue.length > 0 && !this.stopped) {
      const jobs = this.queue.peek(EDGE_SECONDS_A_ROUND);
      if (await this.tryWrite(jobs, retryMs === FIRST_RETRY_MS)) {
        retryMs = FIRST_RETRY_MS;
        this.queue.done(jobs);
        unrecordedReports.set(this.queue.length);
      } else {
        await sleep(retryMs);
        retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
      }
    }
    this.running = false;
  }

  /** False when the same jobs should be tried again. */
  private async tryWrite(jobs: readonly RecordingJob[], first: boolean): Promise<boolean> {
    try {
      await this.write(jobs);
      return true;
    } catch (error) {
      if (isPassing(error)) {
        if (first) this.log.warn(`Traffic cannot be recorded now: it goes on in the picture and is recorded once that is over. ${error instanceof Error ? error.message : ''}`);
        return false;
      }
      // It would fail again for ever and hold up all behind it. It is not acknowledged, so the agent sends it again when it next connects.
      this.log.error(`Could not record ${jobs.length} reports`, error instanceof Error ? error.stack : String(error));
      return true;
    }
  }

  private async write(jobs: readonly RecordingJob[]): Promise<void> {
    const reports: FiledReport[] = [];
    for (const { agent, report } of jobs) {
      const edges = await this.edgesOf(agent);
      if (report !== null) reports.push({ report, startedAtMs: agent.startedAtMs, edges });
    }
    const samples = samplesOf(reports);
    if (samples.series.length > 0) await this.metrics.appendOwn(samples);
    recordedFlowSamples.inc(samples.series.length);
    this.acknowledge(jobs);
  }

  private async edgesOf(agent: ConnectedAgent): Promise<readonly EdgeSeriesSet[]> {
    const known = this.filings.get(agent);
    if (known !== undefined) return known;
    await this.topology.save(agent.name, agent.topology);
    const edges = agent.topology.edges.map((edge) => edgeSeries(agent.name, edge));
    this.filings.set(agent, edges);
    return edges;
  }

  /** One ack a boot, for its newest report: reports of a boot come, and are written, in order. */
  private acknowledge(jobs: readonly RecordingJob[]): void {
    const newest = new Map<string, { agent: string; seq: number; sec: number }>();
    for (const { agent, report } of jobs) {
      if (report !== null) newest.set(agent.bootId, { agent: agent.name, seq: Math.max(report.seq, newest.get(agent.bootId)?.seq ?? 0), sec: report.sec });
    }
    for (const [bootId, { agent, seq, sec }] of newest) {
      this.links.send(agent, { type: 'flow-ack', bootId, seq });
      recordingLag.set(Math.max(0, Date.now() / 1_000 - (sec + 1)));
    }
  }
}

function isPassing(error: unknown): boolean {
  return isDatabaseUnavailable(error) || (error instanceof WriteFailedError && error.failure === 'overloaded');
}
