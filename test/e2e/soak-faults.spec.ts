import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runFaultCampaign } from '../soak/fault-campaign.js';

// Few rounds, other ones each time; `npm run soak -- faults` runs many. A failure is repeated with the seed that is printed.
const ROUNDS = 6;

it('kill -9 of server, agent and watchdog in any order leaves every target clean within the lease', { timeout: 600_000 }, async () => {
  const seed = randomInt(2 ** 31);
  const { passed, acting, problems } = await runFaultCampaign({ times: ROUNDS, seed, say: (line) => process.stdout.write(`soak (seed ${seed}) ${line}\n`) });
  expect(problems).toEqual([]);
  expect(passed).toBe(ROUNDS);
  expect(acting).toBeGreaterThan(0);
});
