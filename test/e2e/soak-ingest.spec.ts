import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runIngestCampaign } from '../soak/ingest-campaign.js';

// Few kills, other ones each time; `npm run soak -- ingest` makes many. A failure is repeated with the seed that is printed.
const KILLS = 5;

it('kill -9 of server and PostgreSQL under ingest loses no acknowledged sample', { timeout: 600_000 }, async () => {
  const seed = randomInt(2 ** 31);
  const { acknowledged, lost, invented, problems } = await runIngestCampaign({ times: KILLS, seed, say: (line) => process.stdout.write(`soak (seed ${seed}) ${line}\n`) });
  expect(problems).toEqual([]);
  expect({ lost, invented }).toEqual({ lost: 0, invented: 0 });
  expect(acknowledged).toBeGreaterThan(0);
});
