import type { FlowReport } from '#contracts';

// Ten minutes of a server that is away; at a few kilobytes a report that is single megabytes, and older seconds are worth less than new ones.
export const MAX_UNACKED_REPORTS = 600;

/** Reports that the server has not acknowledged, oldest first. When full the oldest goes, and the next one carries the count on. */
export class FlowBuffer {
  private reports: FlowReport[] = [];

  push(report: FlowReport): void {
    this.reports.push(report);
    if (this.reports.length <= MAX_UNACKED_REPORTS) return;
    const dropped = this.reports.shift();
    const oldest = this.reports[0];
    if (dropped !== undefined && oldest !== undefined) this.reports[0] = { ...oldest, droppedReports: oldest.droppedReports + dropped.droppedReports + 1 };
  }

  /** Everything up to and including `seq` is safe with the server. */
  acknowledge(seq: number): void {
    this.reports = this.reports.filter((report) => report.seq > seq);
  }

  unacknowledged(): readonly FlowReport[] {
    return this.reports;
  }
}
