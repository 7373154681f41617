import type { FaultKind, FaultSpec } from '#contracts';

export const STRESS_KINDS = ['cpu-stress', 'memory-stress'] as const satisfies readonly FaultKind[];
export type StressSpec = Extract<FaultSpec, { kind: (typeof STRESS_KINDS)[number] }>;

export function stressOf(spec: FaultSpec): StressSpec {
  if (spec.kind !== 'cpu-stress' && spec.kind !== 'memory-stress') throw new Error(`${spec.kind} came to the stress driver`);
  return spec;
}
