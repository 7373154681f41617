import { FAULT_KINDS, FAULT_PARAMS, edgeKeySchema } from '#contracts';
import type { FaultSpec } from '#contracts';
import { describe, expect, it } from 'vitest';
import { FAULTS, compileFault, summarizeFault } from './faults.js';
import { seededRandom } from './random.js';

const SPECS: readonly FaultSpec[] = [
  { kind: 'latency', params: { latencyMs: 400, jitterMs: 50, share: 0.2 } },
  { kind: 'abort', params: { httpStatus: 503, share: 0.2 } },
  { kind: 'timeout', params: { closeAfterMs: 0, share: 0.2 } },
];

function verdicts(spec: FaultSpec, seed: number, count: number): readonly (string | undefined)[] {
  const rule = compileFault(spec, seededRandom(seed));
  return Array.from({ length: count }, () => rule.onRequest?.().type);
}

describe('the table of faults', () => {
  it('has a row for every kind, under its own name', () => {
    for (const kind of FAULT_KINDS) expect(FAULTS[kind].kind).toBe(kind);
    expect(Object.keys(FAULTS).sort()).toEqual(Object.keys(FAULT_PARAMS).sort());
  });

  it('says of every kind what it imitates and what not', () => {
    for (const kind of FAULT_KINDS) {
      expect(FAULTS[kind].imitates.length).toBeGreaterThan(20);
      expect(FAULTS[kind].doesNotImitate.length).toBeGreaterThan(20);
    }
  });

  it('offers on every protocol that a kind names a capability that this protocol asks for', () => {
    const down: FaultSpec = { kind: 'down', params: {} };
    for (const spec of [...SPECS, down]) {
      const rule = compileFault(spec, seededRandom(1));
      const onProtocol = { http: rule.onRequest ?? rule.onConnect, tcp: rule.onExchange ?? rule.onConnect };
      for (const protocol of edgeKeySchema.shape.protocol.options) expect(onProtocol[protocol] !== undefined).toBe(FAULTS[spec.kind].protocols.includes(protocol));
    }
  });

  it.each(SPECS)('$kind hits the stated share of requests', (spec) => {
    const hits = verdicts(spec, 11, 50_000).filter((type) => type !== 'pass').length;
    // Six standard deviations of a binomial count with n = 50000, p = 0.2.
    expect(Math.abs(hits - 10_000)).toBeLessThan(540);
  });

  it.each(SPECS)('$kind hits the same requests with the same seed', (spec) => {
    expect(verdicts(spec, 3, 500)).toEqual(verdicts(spec, 3, 500));
    expect(verdicts(spec, 3, 500)).not.toEqual(verdicts(spec, 4, 500));
  });

  it.each([
    [{ kind: 'latency', params: { latencyMs: 400, jitterMs: 50, share: 0.2 } }, '+400 ms ±50 ms, 20 % of requests'],
    [{ kind: 'latency', params: { latencyMs: 5, jitterMs: 0, share: 1 } }, '+5 ms, 100 % of requests'],
    [{ kind: 'abort', params: { httpStatus: 503, share: 0.005 } }, 'status 503, 0.5 % of requests'],
    [{ kind: 'timeout', params: { closeAfterMs: 2_000, share: 1 } }, 'no answer, closed after 2000 ms, 100 % of requests'],
    [{ kind: 'timeout', params: { closeAfterMs: 0, share: 1 } }, 'no answer, silent until the fault ends, 100 % of requests'],
    [{ kind: 'down', params: {} }, 'connections refused and reset'],
  ] satisfies [FaultSpec, string][])('summarizes %j', (spec, text) => {
    expect(summarizeFault(spec)).toBe(text);
  });
});

describe('latency', () => {
  const delays = (latencyMs: number, jitterMs: number): number[] => {
    const rule = compileFault({ kind: 'latency', params: { latencyMs, jitterMs, share: 1 } }, seededRandom(5));
    return Array.from({ length: 5_000 }, () => rule.onExchange?.()).map((verdict) => (verdict?.type === 'delay' ? verdict.delayMs : -1));
  };

  it('delays by exactly latencyMs without jitter', () => {
    expect(new Set(delays(120, 0))).toEqual(new Set([120]));
  });

  it('spreads delays over the whole of latencyMs plus or minus jitterMs', () => {
    const all = delays(100, 40);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(60);
    expect(Math.min(...all)).toBeLessThan(62);
    expect(Math.max(...all)).toBeLessThanOrEqual(140);
    expect(Math.max(...all)).toBeGreaterThan(138);
  });

  it('never delays by less than nothing', () => {
    expect(Math.min(...delays(0, 40))).toBe(0);
  });
});

describe('timeout', () => {
  it('closes after closeAfterMs, and never when that is 0', () => {
    const hang = (closeAfterMs: number): unknown => compileFault({ kind: 'timeout', params: { closeAfterMs, share: 1 } }, seededRandom(1)).onRequest?.();
    expect(hang(250)).toEqual({ type: 'hang', closeAfterMs: 250 });
    expect(hang(0)).toEqual({ type: 'hang', closeAfterMs: null });
  });
});

describe('abort', () => {
  it('answers with the status and names Faultline in the body', () => {
    const verdict = compileFault({ kind: 'abort', params: { httpStatus: 429, share: 1 } }, seededRandom(1)).onRequest?.();
    expect(verdict).toMatchObject({ type: 'respond', status: 429, body: expect.stringContaining('Faultline') });
  });
});

describe('down', () => {
  it('resets open connections and refuses new ones', () => {
    const rule = compileFault({ kind: 'down', params: {} }, seededRandom(1));
    expect(rule.openConnections).toBe('reset');
    expect(rule.onConnect?.()).toEqual({ type: 'refuse' });
  });
});
