import { FAULT_PARAMS } from '#contracts';
import type { FaultKind, FaultOrder, FaultSpec, HostFaultKind, ProcessFaultKind, ProcessRef } from '#contracts';
import type { DriverSettings } from './driver-settings.js';

export type DriverKind = ProcessFaultKind | HostFaultKind;

/** A real target for one kind of fault, and eyes on it that know nothing of the driver. */
export interface Rig {
  readonly kind: DriverKind;
  /** The network namespace that the driver runs in; the test's own when left out. */
  readonly network?: string;
  readonly settings: DriverSettings;
  order(faultId: string): FaultOrder;
  /** Whether the fault acts at this moment, measured from outside. */
  isHit(): Promise<boolean>;
  /** Everything that a fault of this kind might leave behind, as text: equal before and after. */
  snapshot(): Promise<string>;
  /** Takes the target away while the fault acts. */
  vanish(): Promise<void>;
  close(): Promise<void>;
}

export function orderOf(kind: FaultKind, faultId: string, params: object, process?: ProcessRef): FaultOrder {
  const spec = { kind, params: FAULT_PARAMS[kind].parse(params) } as FaultSpec;
  const target = process === undefined ? ({ type: 'host', agent: 'local' } as const) : ({ type: 'process', agent: 'local', process } as const);
  return { faultId, spec, target, leaseTtlMs: 10_000, notAfterMs: 60_000, seed: 1, overlap: 'refuse' };
}
