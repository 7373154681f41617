import type { EdgeRate, World } from './world.js';

export const EMPTY_WORLD: World = Object.freeze({
  status: 'connecting',
  epoch: 0,
  topologyVersion: 0,
  throughSec: 0,
  serverTimeMs: 0,
  regions: Object.freeze([]),
  nodes: new Map(),
  edges: new Map(),
  faults: Object.freeze([]),
  endedFaults: Object.freeze([]),
  unleased: Object.freeze([]),
  halt: null,
} satisfies World);

/** A second in which nothing is known to have happened. */
export function quietRate(sec: number): EdgeRate {
  return Object.freeze({
    sec,
    requestsPerSec: 0,
    failuresPerSec: 0,
    clientErrorsPerSec: 0,
    faultedPerSec: 0,
    bytesPerSec: 0,
    connections: 0,
    p50Ms: null,
    p95Ms: null,
    p99Ms: null,
  });
}
