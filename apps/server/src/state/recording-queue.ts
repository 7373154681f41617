import type { FlowReport } from '#contracts';
import type { ConnectedAgent } from '../agents/agent-links.service.js';

/** Something of an agent that is to be written: one report, or only what the agent carries. */
export interface RecordingJob {
  readonly agent: ConnectedAgent;
  readonly report: FlowReport | null;
}

/** What waits to be recorded, in the order it came; each report once, and of each agent at most `maxReports`: the oldest goes first. */
export class RecordingQueue {
  private jobs: RecordingJob[] = [];
  private readonly waiting = new Map<string, Set<string>>();

  constructor(private readonly maxReports: number) {}

  get length(): number {
    return this.jobs.length;
  }

  /** How many reports were dropped to make room: 0 or 1. A report that waits already is not taken again. */
  add(job: RecordingJob): number {
    const waiting = this.waitingOf(job);
    if (job.report !== null && waiting.has(reportKey(job))) return 0;
    const dropped = job.report !== null && waiting.size >= this.maxReports ? this.dropOldest(job.agent.name) : 0;
    this.jobs.push(job);
    if (job.report !== null) waiting.add(reportKey(job));
    return dropped;
  }

  /** The first jobs, up to the one that brings them to `maxRows` rows; they stay until `done`. */
  peek(maxRows: number): RecordingJob[] {
    let rows = 0;
    const end = this.jobs.findIndex(({ report }) => (rows += report?.edges.length ?? 0) >= maxRows);
    return end === -1 ? [...this.jobs] : this.jobs.slice(0, end + 1);
  }

  done(jobs: readonly RecordingJob[]): void {
    const gone = new Set(jobs);
    this.jobs = this.jobs.filter((job) => !gone.has(job));
    for (const job of jobs) this.waitingOf(job).delete(reportKey(job));
  }

  private dropOldest(agent: string): number {
    const oldest = this.jobs.find((job) => job.agent.name === agent && job.report !== null);
    if (oldest === undefined) return 0;
    this.done([oldest]);
    return 1;
  }

  private waitingOf({ agent }: RecordingJob): Set<string> {
    const waiting = this.waiting.get(agent.name) ?? new Set<string>();
    this.waiting.set(agent.name, waiting);
    return waiting;
  }
}

function reportKey({ agent, report }: RecordingJob): string {
  return `${agent.bootId}/${report?.seq}`;
}
