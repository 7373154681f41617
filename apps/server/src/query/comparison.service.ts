import { Injectable } from '@nestjs/common';
import { AppError, OUTCOMES, targetLabel, type ComparisonView } from '#contracts';
import { compareEdges, phaseWindows, type ComparedEdge, type EdgeSecondRecord, type PhaseWindows } from '#analysis';
import { upstreamEdges, type UpstreamEdge } from '#traffic';
import { FaultReader } from '../faults/fault-reader.service.js';
import { KnownTopology } from '../state/known-topology.service.js';
import { EdgeSecondsStore, type RecordedSecond } from '../storage/edge-seconds.store.js';
import type { FaultRow } from '../storage/faults.store.js';
import { TopologyStore } from '../storage/topology.store.js';
import { SKETCH_OPS, mergeSeconds } from './merge-seconds.js';

// Twenty minutes of this many edges is a quarter of a million rows; the nearest edges are the ones that feel a fault.
const MAX_COMPARED_EDGES = 200;

/** Before, during and after a fault, on its edge and everything upstream of it, out of recorded seconds. */
@Injectable()
export class Comparison {
  constructor(
    private readonly faults: FaultReader,
    private readonly topology: KnownTopology,
    private readonly edges: TopologyStore,
    private readonly edgeSeconds: EdgeSecondsStore,
  ) {}

  /** Throws NOT_COMPARABLE for a fault that acts on something else than an edge. */
  async compare(faultId: string): Promise<ComparisonView> {
    const fault = await this.faults.row(faultId);
    if (fault.target.type !== 'edge') throw new AppError('NOT_COMPARABLE', { faultId, target: targetLabel(fault.target) });
    const windows = windowsOf(fault);
    const upstream = upstreamEdges(this.topology.current.edges, fault.target.edge).slice(0, MAX_COMPARED_EDGES);
    const edges = await this.read(upstream, spanOf(fault, windows));
    const [faulted] = edges;
    return { faultId, windows, bite: biteOf(fault, faulted?.seconds ?? []), edges: compareEdges({ windows, edges, sketches: SKETCH_OPS }) };
  }

  private async read(upstream: readonly UpstreamEdge[], span: Span): Promise<ComparedEdge[]> {
    const ids = await this.edges.findEdges(upstream.map(({ edge }) => edge));
    const rows = await this.edgeSeconds.read({ edgeIds: ids.filter((id) => id !== null), ...span });
    const byEdge = new Map<number | null, RecordedSecond[]>(ids.map((id) => [id, []]));
    for (const row of rows) byEdge.get(row.edgeId)?.push(row);
    return upstream.map(({ edge, distance }, i) => ({ edge, distance, seconds: mergeSeconds(byEdge.get(ids[i] ?? null) ?? []) }));
  }
}

interface Span {
  readonly fromSec: number;
  /** Exclusive. */
  readonly toSec: number;
}

// A fault that ended by its lease ended then, however much later the agent came back to confirm it.
function windowsOf(fault: FaultRow): PhaseWindows {
  return phaseWindows({ appliedAtMs: fault.appliedAt?.getTime() ?? null, revertedAtMs: fault.endedAt?.getTime() ?? null, nowSec: Math.floor(Date.now() / 1_000) });
}

/** All windows, and the seconds in which the fault began and ended: they belong to no window, and still to its bite. Empty before it was applied. */
function spanOf({ appliedAt, endedAt }: FaultRow, { before, during, after }: PhaseWindows): Span {
  if (before === null || appliedAt === null) return { fromSec: 0, toSec: 0 };
  const lastSec = Math.floor((endedAt ?? appliedAt).getTime() / 1_000);
  return { fromSec: before.fromSec, toSec: Math.max(lastSec + 1, during?.toSec ?? 0, after?.toSec ?? 0) };
}

/** Of whole seconds while it acted. Those of its begin and end hold other requests too, and are asked only when the ones between show no hit. */
function biteOf({ appliedAt, endedAt }: FaultRow, seconds: readonly EdgeSecondRecord[]): ComparisonView['bite'] {
  if (appliedAt === null) return { faulted: 0, requests: 0 };
  const firstSec = Math.floor(appliedAt.getTime() / 1_000);
  const lastSec = endedAt === null ? Number.POSITIVE_INFINITY : Math.floor(endedAt.getTime() / 1_000);
  const whole = countHits(seconds.filter(({ sec }) => sec > firstSec && sec < lastSec));
  return whole.faulted > 0 ? whole : countHits(seconds.filter(({ sec }) => sec >= firstSec && sec <= lastSec));
}

function countHits(seconds: readonly EdgeSecondRecord[]): ComparisonView['bite'] {
  const requests = seconds.reduce((sum, { outcomes }) => sum + OUTCOMES.reduce((all, outcome) => all + outcomes[outcome], 0), 0);
  return { faulted: seconds.reduce((sum, { faulted }) => sum + faulted, 0), requests };
}
