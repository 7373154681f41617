import { expect, it } from 'vitest';
import { capabilityRows } from './capability-rows.js';

it('says of each kind whether the agent can carry it out, and why not', () => {
  const said = [
    { kind: 'latency', unavailable: null },
    { kind: 'cpu-stress', unavailable: 'the policy allows no stress' },
    { kind: 'from-the-future', unavailable: null },
  ];
  expect(capabilityRows(said, ['latency', 'cpu-stress', 'loss'])).toEqual([
    { kind: 'latency', whyNot: null },
    { kind: 'cpu-stress', whyNot: 'the policy allows no stress' },
    { kind: 'loss', whyNot: 'This agent is too old to know it.' },
  ]);
});
