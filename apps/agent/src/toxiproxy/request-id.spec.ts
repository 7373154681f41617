import { expect, it } from 'vitest';
import { createRequestIds } from './request-id.js';

it('makes ids of 20 digits that differ and sort by time', () => {
  let nowMs = 1_700_000_000_000;
  const next = createRequestIds(() => 0.999999, () => nowMs);
  const first = [next(), next(), next()];
  nowMs += 1_000;
  const all = [...first, next()];
  for (const id of all) expect(id).toMatch(/^[0-9a-v]{20}$/);
  expect(new Set(all).size).toBe(4);
  expect(all[3]! > all[2]!).toBe(true);
});
