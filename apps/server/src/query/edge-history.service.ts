import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AppError, edgeLabel, targetLabel, type edgeSeriesQuerySchema } from '#contracts';
import { phaseWindows, type PhaseWindows } from '#analysis';
import { upstreamEdges } from '#traffic';
import type { ReadScope } from '../access/read-scope.js';
import { FaultReader } from '../faults/fault-reader.service.js';
import { MetricQuestions } from '../metrics/metric-questions.service.js';
import type { Answer, Question } from '../metrics/query/question.js';
import { KnownTopology } from '../state/known-topology.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { TopologyStore } from '../storage/topology.store.js';

// Twenty minutes of this many edges is a quarter of a million seconds; the nearest edges are the ones that feel a fault.
const MAX_COMPARED_EDGES = 200;

/** What was recorded of edges. The metric store's thread reads and compares, so that a long look back holds nobody up; answers are JSON. */
@Injectable()
export class EdgeHistory {
  constructor(
    private readonly topology: TopologyStore,
    private readonly known: KnownTopology,
    private readonly faults: FaultReader,
    private readonly questions: MetricQuestions,
  ) {}

  /** An EdgeSeriesView. Throws TARGET_UNKNOWN for an edge that no agent ever described. */
  async series(query: z.infer<typeof edgeSeriesQuerySchema>, scope: ReadScope): Promise<Buffer> {
    const { source, target, protocol, ...span } = query;
    const edge = { source, target, protocol };
    if (!(await this.topology.knows(edge))) throw new AppError('TARGET_UNKNOWN', { target: edgeLabel(edge) });
    return this.ask({ kind: 'edgePoints', scope, edge, ...span });
  }

  /** A ComparisonView: before, during and after a fault, on its edge and everything upstream of it. Throws NOT_COMPARABLE for a fault that acts on something else than an edge. */
  async comparison(faultId: string, scope: ReadScope): Promise<Buffer> {
    const row = await this.faults.row(faultId);
    if (row.target.type !== 'edge') throw new AppError('NOT_COMPARABLE', { faultId, target: targetLabel(row.target) });
    const upstream = upstreamEdges(this.known.current.edges, row.target.edge).slice(0, MAX_COMPARED_EDGES);
    const times = { appliedAtMs: row.appliedAt?.getTime() ?? null, endedAtMs: row.endedAt?.getTime() ?? null };
    return this.ask({ kind: 'comparison', scope, fault: { faultId, ...times, windows: windowsOf(row), upstream } });
  }

  private async ask(question: Question): Promise<Buffer> {
    return bodyOf(await this.questions.ask(question, new AbortController().signal, null));
  }
}

// A fault that ended by its lease ended then, however much later the agent came back to confirm it.
function windowsOf({ appliedAt, endedAt }: FaultRow): PhaseWindows {
  return phaseWindows({ appliedAtMs: appliedAt?.getTime() ?? null, revertedAtMs: endedAt?.getTime() ?? null, nowSec: Math.floor(Date.now() / 1_000) });
}

function bodyOf(answer: Answer): Buffer {
  if (answer.ok) return Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
  if (answer.errorType === 'internal') throw new Error(answer.error);
  throw answer.errorType === 'unavailable' ? new AppError('DATABASE_UNAVAILABLE') : new AppError('HISTORY_UNREADABLE', { reason: answer.error });
}
