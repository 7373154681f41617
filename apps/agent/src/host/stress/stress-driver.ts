import { cpus } from 'node:os';
import type { AgentPolicy, Capability, FaultOrder, Proof } from '#contracts';
import type { FaultDriver } from '../../faults/fault-driver.js';
import type { Undo } from '../../faults/undo.js';
import type { Log } from '../../log.js';
import { readMemory } from './free-memory.js';
import type { Memory } from './free-memory.js';
import { proveCpu, proveMemory } from './prove-stress.js';
import { startStress, stressProcesses, sweepStress, undoStress } from './stress-processes.js';
import type { StressWork } from './stress-processes.js';
import { STRESS_KINDS, stressOf } from './stress-spec.js';
import type { StressSpec } from './stress-spec.js';

/** Faults that use up processor time or memory, in processes of our own. */
export class StressDriver implements FaultDriver {
  readonly kinds = STRESS_KINDS;
  /** What the processes of a fault that acts took before they began to take what was asked. */
  private readonly ownMebibytes = new Map<string, number>();

  constructor(
    private readonly policy: AgentPolicy['stress'],
    private readonly log: Log,
  ) {}

  async capabilities(): Promise<readonly Capability[]> {
    const unavailable = (await readMemory()) === null ? 'this system has no /proc/meminfo to bound the stress by' : null;
    return STRESS_KINDS.map((kind) => ({ kind, unavailable }));
  }

  async refusal({ spec }: FaultOrder): Promise<string | null> {
    const { kind, params } = stressOf(spec);
    return kind === 'cpu-stress' ? cpuRefusal(params, this.policy.maxCpuPercent, cpus().length) : memoryRefusal(params.mebibytes, this.policy.maxMemoryMebibytes, await readMemory());
  }

  plan({ faultId }: FaultOrder): Undo {
    return { driver: 'stress', faultId };
  }

  async apply({ faultId, spec }: FaultOrder): Promise<void> {
    const wanted = workOf(stressOf(spec));
    const running = (await stressProcesses(faultId)).length;
    const own = await Promise.all(wanted.slice(running).map((work) => startStress(faultId, work, (how) => this.ended(faultId, how))));
    this.ownMebibytes.set(faultId, own.reduce((sum, mebibytes) => sum + mebibytes, this.ownMebibytes.get(faultId) ?? 0));
  }

  async prove({ faultId, spec }: FaultOrder): Promise<Proof> {
    const stress = stressOf(spec);
    return stress.kind === 'cpu-stress' ? proveCpu(faultId, stress.params) : proveMemory(faultId, stress.params.mebibytes, this.ownMebibytes.get(faultId) ?? 0);
  }

  async revert(undo: Undo): Promise<void> {
    this.ownMebibytes.delete(undo.faultId);
    await undoStress(undo);
  }

  sweep(): Promise<readonly string[]> {
    this.ownMebibytes.clear();
    return sweepStress();
  }

  private ended(faultId: string, how: string): void {
    if (this.ownMebibytes.has(faultId)) this.log.warn({ faultId, how }, 'A stress process ended by itself, so the fault does less than was asked.');
  }
}

function workOf(spec: StressSpec): readonly StressWork[] {
  if (spec.kind === 'memory-stress') return [{ what: 'memory', mebibytes: spec.params.mebibytes }];
  return Array.from({ length: spec.params.workers }, () => ({ what: 'cpu', percent: spec.params.loadPercent }) as const);
}

export function cpuRefusal({ workers, loadPercent }: { readonly workers: number; readonly loadPercent: number }, maxPercent: number, cores: number): string | null {
  const askedPercent = (workers * loadPercent) / cores;
  if (askedPercent <= maxPercent) return null;
  return `${workers} x ${loadPercent} % on ${cores} cores is ${Math.ceil(askedPercent)} % of this host and its policy allows ${maxPercent} % (stress.maxCpuPercent)`;
}

export function memoryRefusal(mebibytes: number, maxMebibytes: number, memory: Memory | null): string | null {
  if (mebibytes > maxMebibytes) return `${mebibytes} MiB is more than the ${maxMebibytes} MiB that this host's policy allows (stress.maxMemoryMebibytes)`;
  if (memory === null) return 'this system does not tell how much memory is free';
  const mayTake = memory.availableMebibytes - memory.reserveMebibytes;
  if (mebibytes <= mayTake) return null;
  return `${mebibytes} MiB would leave less than the reserve: ${memory.availableMebibytes} MiB are available and ${memory.reserveMebibytes} MiB must stay`;
}
