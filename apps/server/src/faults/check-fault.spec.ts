import { describe, expect, it } from 'vitest';
import { AppError, createFaultSchema, type CreateFault, type ErrorCode } from '#contracts';
import type { ConnectedAgent } from '../agents/agent-links.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { checkFault, type FaultSurroundings } from './check-fault.js';

const HTTP = { source: 'a', target: 'b', protocol: 'http' } as const;
const ABORT = createFaultSchema.parse({ target: { type: 'edge', edge: HTTP }, fault: { kind: 'abort', params: { httpStatus: 503 } }, durationMs: 1_000 });
const STRESS = createFaultSchema.parse({ target: { type: 'host', agent: 'local' }, fault: { kind: 'network-loss', params: { device: 'eth0', lossPercent: 10, peers: ['10.0.0.9'] } }, durationMs: 1_000 });
const LOCAL: ConnectedAgent = {
  name: 'local',
  version: '1.2.3',
  bootId: 'b',
  startedAtMs: 1,
  topology: { regions: [], nodes: [], edges: [] },
  capabilities: [
    { kind: 'abort', unavailable: null },
    { kind: 'network-loss', unavailable: 'this kernel has no sch_netem' },
  ],
};
const FREE: FaultSurroundings = {
  halt: null,
  isKnown: () => true,
  carrierOf: () => 'local',
  lastCarrierOf: () => 'local',
  isEnrolled: () => true,
  connected: () => LOCAL,
  faultOn: () => null,
  failedOn: () => null,
};

function errorOf(request: CreateFault, around: Partial<FaultSurroundings>): AppError | null {
  try {
    checkFault(request, { ...FREE, ...around });
    return null;
  } catch (error) {
    return error instanceof AppError ? error : null;
  }
}
function codeOf(request: CreateFault, around: Partial<FaultSurroundings>): ErrorCode | null {
  return errorOf(request, around)?.code ?? null;
}
const held = { id: 'f' } as FaultRow;

describe('checkFault', () => {
  it('names the agent that is to apply the fault', () => {
    expect(checkFault(ABORT, FREE)).toBe('local');
  });

  it('refuses everything while halted, before it says anything else', () => {
    const halt = { id: 'h', engagedBy: 'ada', engagedAt: new Date(0), reason: '' };
    expect(codeOf(ABORT, { halt, isKnown: () => false })).toBe('HALTED');
  });

  it('refuses an edge that nobody described, and the host of nobody', () => {
    expect(codeOf(ABORT, { isKnown: () => false })).toBe('TARGET_UNKNOWN');
    expect(codeOf(STRESS, { isEnrolled: () => false })).toBe('TARGET_UNKNOWN');
  });

  it('refuses a kind that cannot act on the protocol, with kind, target and reason', () => {
    const error = errorOf({ ...ABORT, target: { type: 'edge', edge: { ...HTTP, protocol: 'tcp' } } }, {});
    expect(error?.code).toBe('FAULT_UNSUPPORTED');
    expect(error?.message).toMatch(/^The fault kind abort cannot act on a -> b \(tcp\): \S/);
  });

  it('refuses a lock that a fault holds, unless it is asked to meet it', () => {
    expect(codeOf(ABORT, { faultOn: () => held })).toBe('FAULT_CONFLICT');
    expect(codeOf({ ...ABORT, overlap: 'allow' }, { faultOn: () => held })).toBeNull();
  });

  it('refuses a target that could not be cleaned, whatever is asked', () => {
    expect(codeOf(ABORT, { failedOn: () => held })).toBe('REVERT_BLOCKED');
    expect(codeOf({ ...ABORT, overlap: 'allow' }, { failedOn: () => held })).toBe('REVERT_BLOCKED');
  });

  it('refuses a target whose agent is away', () => {
    expect(codeOf(ABORT, { carrierOf: () => null })).toBe('AGENT_OFFLINE');
    expect(codeOf(STRESS, { connected: () => null })).toBe('AGENT_OFFLINE');
  });

  it('refuses what the agent does not know, and what it knows and cannot do there', () => {
    expect(errorOf(ABORT, { connected: () => ({ ...LOCAL, capabilities: [] }) })?.message).toBe('The agent local cannot carry out abort: its version 1.2.3 does not know this kind: update the agent.');
    expect(errorOf(STRESS, {})?.message).toBe('The agent local cannot carry out network-loss: this kernel has no sch_netem.');
  });
});
