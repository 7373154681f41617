import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { AppError, type CreateFault, type CreateSelected, type FaultGroupView, type FaultTarget, type PreviewRequest, type PreviewTarget, type PreviewView, type Selection } from '#contracts';
import { AgentSecrets } from '../agents/agent-secrets.service.js';
import { EdgeLoads } from '../state/edge-loads.service.js';
import { KnownTopology } from '../state/known-topology.service.js';
import { FaultCheck } from './fault-check.service.js';
import { FaultGroups } from './fault-groups.service.js';
import { planFault } from './plan-fault.js';
import { knownText } from './selection/known-text.js';
import { knownTargets, matchTargets, type KnownTargets } from './selection/match-targets.js';
import { pickCount } from './selection/pick-count.js';
import { pickTargets } from './selection/pick-targets.js';
import { selectionFailed } from './selection/selection-failed.js';

interface Picked {
  readonly known: number;
  readonly matched: number;
  readonly targets: readonly FaultTarget[];
  readonly rounding: string;
}

// A limit on how long is not part of what is hit; a preview asks for the shortest time there is.
const PREVIEWED_MS = 1_000;

/** Targets that are chosen by what they are like instead of by name: shown before, and hit. */
@Injectable()
export class FaultSelection {
  constructor(
    private readonly topology: KnownTopology,
    private readonly agents: AgentSecrets,
    private readonly loads: EdgeLoads,
    private readonly check: FaultCheck,
    private readonly groups: FaultGroups,
  ) {}

  /** What would be hit now, and why not. Throws NOTHING_SELECTED. */
  preview(request: PreviewRequest): PreviewView {
    const { targets, matched, rounding, known } = this.pick(request.selection);
    const tooFar = messageOf(() => this.check.checkReach({ targets: targets.length, durationMs: PREVIEWED_MS, known }));
    const picked = targets.map((target) => this.previewOf(target, request, tooFar));
    return { matched, picked, rounding, requestsPerSec: picked.reduce((sum, { requestsPerSec }) => sum + (requestsPerSec ?? 0), 0) };
  }

  /** Starts one fault on each picked target, or none at all. */
  async create(request: CreateSelected, actor: string): Promise<FaultGroupView> {
    const { durationMs } = request;
    const { targets, rounding, known } = this.pick(request.selection);
    this.check.checkReach({ targets: targets.length, durationMs, known });
    const groupId = randomUUID();
    const faults = targets.map((target) => {
      const single: CreateFault = { target, fault: request.fault, durationMs, overlap: request.overlap };
      return planFault(single, { agent: this.agentFor(single), actor, groupId });
    });
    await this.groups.start(faults, actor);
    return { groupId, rounding, faultIds: faults.map(({ id }) => id) };
  }

  private pick({ selector, pick, seed }: Selection): Picked {
    const all: KnownTargets = { topology: this.topology.current, agents: [...this.agents.enrolled] };
    const known = knownTargets(selector.type, all);
    const matched = matchTargets(selector, all);
    if (matched.length === 0) throw new AppError('NOTHING_SELECTED', { known: knownText(selector.type, known) });
    const { count, rounding } = pickCount(pick, matched.length);
    return { known: known.length, matched: matched.length, targets: pickTargets(matched, count, seed), rounding };
  }

  private previewOf(target: FaultTarget, { fault, overlap }: PreviewRequest, tooFar: string | null): PreviewTarget {
    const load = target.type === 'edge' ? this.loads.of(target.edge) : { requestsPerSec: null, connections: null };
    return { target, ...load, refusal: messageOf(() => this.check.agentFor({ target, fault, overlap })) ?? tooFar };
  }

  private agentFor(request: CreateFault): string {
    try {
      return this.check.agentFor(request);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'HALTED') throw error;
      throw selectionFailed({ target: request.target, cause: error, started: 0, reverted: 0 });
    }
  }
}

/** The message of the AppError that `check` throws; null when it throws none. */
function messageOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
