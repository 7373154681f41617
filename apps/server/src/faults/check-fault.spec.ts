import { describe, expect, it } from 'vitest';
import { AppError, type CreateFault, type ErrorCode } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';
import { checkFault, type FaultSurroundings } from './check-fault.js';

const HTTP = { source: 'a', target: 'b', protocol: 'http' } as const;
const ABORT: CreateFault = { target: { type: 'edge', edge: HTTP }, fault: { kind: 'abort', params: { httpStatus: 503, share: 1 } }, durationMs: 1_000 };
const FREE: FaultSurroundings = { halt: null, isKnown: () => true, carrierOf: () => 'local', lastCarrierOf: () => 'local', faultOn: () => null };

function codeOf(request: CreateFault, around: Partial<FaultSurroundings>): ErrorCode | null {
  try {
    checkFault(request, { ...FREE, ...around });
    return null;
  } catch (error) {
    return error instanceof AppError ? error.code : null;
  }
}

function faultIn(state: FaultRow['state']): FaultRow {
  const never = { appliedAt: null, endsAt: null, endedAt: null, revertedAt: null, endReason: null, problem: null };
  return { ...never, id: 'f', spec: ABORT.fault, target: ABORT.target, edgeKey: 'a>b/http', durationMs: 1, state, agent: 'local', createdBy: 'ada', createdAt: new Date(0), lastSeq: 0 };
}

describe('checkFault', () => {
  it('names the agent that is to apply the fault', () => {
    expect(checkFault(ABORT, FREE)).toBe('local');
  });

  it('refuses everything while halted, before it says anything else', () => {
    const halt = { id: 'h', engagedBy: 'ada', engagedAt: new Date(0), reason: '' };
    expect(codeOf(ABORT, { halt, isKnown: () => false })).toBe('HALTED');
  });

  it('refuses an edge that nobody described', () => {
    expect(codeOf(ABORT, { isKnown: () => false })).toBe('TARGET_UNKNOWN');
  });

  it('refuses a kind that cannot act on the protocol', () => {
    expect(codeOf({ ...ABORT, target: { type: 'edge', edge: { ...HTTP, protocol: 'tcp' } } }, {})).toBe('FAULT_UNSUPPORTED');
  });

  it('refuses an edge that a fault holds, and says so differently when a revert failed there', () => {
    expect(codeOf(ABORT, { faultOn: () => faultIn('active') })).toBe('FAULT_CONFLICT');
    expect(codeOf(ABORT, { faultOn: () => faultIn('revert-failed') })).toBe('REVERT_BLOCKED');
  });

  it('refuses an edge whose agent is away', () => {
    expect(codeOf(ABORT, { carrierOf: () => null })).toBe('AGENT_OFFLINE');
  });
});
