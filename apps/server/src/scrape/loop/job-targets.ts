import type { Labels } from '#metrics';
import type { ScrapeJob } from '../config/scrape-config.js';
import type { TargetGroup } from '../discovery/target-group.js';
import { TargetMaker } from '../target/target-spec.js';
import type { TargetSpec } from '../target/target-spec.js';

/** What a job's discoveries and its relabelling come to. */
export interface JobTargets {
  /** By id, so that a target that is found twice is scraped once. */
  readonly active: ReadonlyMap<string, TargetSpec>;
  /** As many as the job wants to keep; `droppedCount` counts all. */
  readonly dropped: readonly Labels[];
  readonly droppedCount: number;
  readonly unusable: readonly { readonly discoveredLabels: Labels; readonly problem: string }[];
}

export const NO_TARGETS: JobTargets = { active: new Map(), dropped: [], droppedCount: 0, unusable: [] };

export function targetsOf(job: ScrapeJob, groups: readonly TargetGroup[]): JobTargets {
  const maker = new TargetMaker(job);
  const outcomes = groups.flatMap((group) => maker.make(group));
  const dropped = outcomes.flatMap((outcome) => (outcome.kind === 'dropped' ? [outcome.discoveredLabels] : []));
  return {
    active: new Map(outcomes.flatMap((outcome) => (outcome.kind === 'active' ? [[outcome.spec.id, outcome.spec] as const] : []))),
    dropped: job.keepDroppedTargets === 0 ? dropped : dropped.slice(0, job.keepDroppedTargets),
    droppedCount: dropped.length,
    unusable: outcomes.flatMap((outcome) => (outcome.kind === 'unusable' ? [{ discoveredLabels: outcome.discoveredLabels, problem: outcome.problem }] : [])),
  };
}
