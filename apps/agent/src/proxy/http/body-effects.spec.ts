import type { BodyFault } from '#faults';
import { describe, expect, it } from 'vitest';
import { BodyEffects } from './body-effects.js';

const throttle = (bytesPerSec: number): BodyFault => ({ type: 'throttle', bytesPerSec });
const truncate = (afterBytes: number, end: 'close' | 'reset' = 'close'): BodyFault => ({ type: 'truncate', afterBytes, end });
const effects = (...faults: BodyFault[]): BodyEffects => new BodyEffects(faults.map((fault, i) => ({ faultId: `f${i}`, fault })));

describe('BodyEffects', () => {
  it('spreads a body evenly over its time', () => {
    const body = effects(throttle(1_000));
    expect(body.pieceBytes).toBe(10);
    expect([1_000, 1_010, 1_020].map((nowMs) => body.dueMs(10, nowMs))).toEqual([1_010, 1_020, 1_030]);
  });

  it('makes up for pieces that left late, but saves nothing up while the sender pauses', () => {
    const body = effects(throttle(1_000));
    body.dueMs(10, 1_000);
    expect(body.dueMs(10, 1_013)).toBe(1_020);
    expect(body.dueMs(10, 5_000)).toBe(5_010);
  });

  it('sends one byte at a time where a piece would be less', () => {
    expect(effects(throttle(1)).pieceBytes).toBe(1);
  });

  it('takes the lowest rate and the shortest cut', () => {
    const body = effects(throttle(5_000), throttle(1_000), truncate(8), truncate(3, 'reset'));
    expect(body.pieceBytes).toBe(10);
    expect(body.take(Buffer.from('abcdef'))).toEqual({ bytes: Buffer.from('abc'), cut: 'reset' });
    expect(body.lifted('f1')).toBe(true);
    expect(body.pieceBytes).toBe(50);
  });

  it('does not cut a body that ends where the cut would be', () => {
    const body = effects(truncate(6));
    expect(body.take(Buffer.from('abc')).cut).toBeNull();
    expect(body.take(Buffer.from('def')).cut).toBeNull();
    expect(body.take(Buffer.from('g'))).toEqual({ bytes: Buffer.alloc(0), cut: 'close' });
  });

  it('changes a copy, and says where in the body it stands', () => {
    const told: number[] = [];
    const body = effects({ type: 'corrupt', change: (bytes, offset) => (told.push(offset), bytes.fill(0)) });
    const payload = Buffer.from('abc');
    expect(body.take(payload).bytes).toEqual(Buffer.alloc(3));
    body.take(payload);
    expect([payload.toString(), told]).toEqual(['abc', [0, 3]]);
  });

  it('knows which faults it carries out', () => {
    const body = effects(truncate(0));
    expect([body.lifted('other'), body.lifted('f0'), body.lifted('f0')]).toEqual([false, true, false]);
    expect(body.take(Buffer.from('abc'))).toEqual({ bytes: Buffer.from('abc'), cut: null });
  });
});
