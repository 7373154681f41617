import { FAULT_PARAMS } from '#contracts';
import type { TcSpec } from './tc-plan.js';

const SCOPE = { device: 'lo', peers: ['192.0.2.1', '2001:db8::/32'], ports: [9], transport: 'tcp' };

/** Each kind with the least it can be asked for, on a device that every network has. */
const PARAMS: Record<TcSpec['kind'], object> = {
  'network-rate': { ...SCOPE, kilobitsPerSec: 1_000 },
  'network-delay': { ...SCOPE, delayMs: 2, jitterMs: 1, correlationPercent: 10 },
  'network-loss': { ...SCOPE, lossPercent: 1 },
  'network-duplicate': { ...SCOPE, duplicatePercent: 1 },
  'network-corrupt': { ...SCOPE, corruptPercent: 1 },
  'network-reorder': { ...SCOPE, reorderPercent: 1 },
};

export function trialSpec(kind: TcSpec['kind']): TcSpec {
  return { kind, params: FAULT_PARAMS[kind].parse(PARAMS[kind]) } as TcSpec;
}
