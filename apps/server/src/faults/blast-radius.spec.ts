import { describe, expect, it } from 'vitest';
import { AppError } from '#contracts';
import { checkReach, type Reach } from './blast-radius.js';

const LIMITS = { maxActiveFaults: 10, maxSelectedPercent: 50, maxFaultDurationSec: 60 };
const REACH: Reach = { targets: 1, durationMs: 60_000, active: 9, known: null };

function refusal(reach: Partial<Reach>): unknown {
  try {
    checkReach({ ...REACH, ...reach }, LIMITS);
    return null;
  } catch (error) {
    return error instanceof AppError && error.code === 'BLAST_RADIUS_EXCEEDED' ? error.details : error;
  }
}

describe('the blast radius', () => {
  it('may reach its limits', () => {
    expect(refusal({})).toBeNull();
    expect(refusal({ active: 0, targets: 4, known: 8 })).toBeNull();
  });

  it('names what was asked, what is allowed and the setting', () => {
    expect(refusal({ durationMs: 60_001 })).toEqual({ asked: 'a fault of 60.001 s', allowed: '60 s', setting: 'FAULTLINE_MAX_FAULT_DURATION_SEC' });
    expect(refusal({ active: 8, targets: 3 })).toEqual({ asked: '11 active faults', allowed: '10', setting: 'FAULTLINE_MAX_ACTIVE_FAULTS' });
    expect(refusal({ active: 0, targets: 5, known: 9 })).toEqual({ asked: 'faults on 5 of the 9 known targets', allowed: '4 of them', setting: 'FAULTLINE_MAX_SELECTED_PERCENT' });
  });

  it('always has room for one target', () => {
    expect(refusal({ active: 0, known: 1 })).toBeNull();
  });
});
