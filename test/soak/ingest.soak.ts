import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runIngestCampaign } from './ingest-campaign.js';

/** `npm run soak -- ingest`: kills server and PostgreSQL at random moments under ingest; every sample that was acknowledged must be read back. */
const { values } = parseArgs({ options: { times: { type: 'string', default: '50' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } } });
const [times, seed] = [Number(values.times), Number(values.seed)];
if (!Number.isInteger(times) || times < 1 || !Number.isInteger(seed) || seed < 0) throw new Error(`--times and --seed must be whole numbers, not ${values.times} and ${values.seed}`);

process.stdout.write(`seed ${seed}, ${times} kills\n`);
const { acknowledged, lost, invented, kills, problems } = await runIngestCampaign({ times, seed, say: (line) => process.stdout.write(`${line}\n`) });
const bars = [
  { name: 'acknowledged samples that were not read back', value: lost, unit: 'samples', bar: 0, holds: lost === 0, peer: null },
  { name: 'samples that were read back and never sent', value: invented, unit: 'samples', bar: 0, holds: invented === 0, peer: null },
];
process.stdout.write(`RESULT ${JSON.stringify({ name: 'ingest', bars, passed: acknowledged - lost, failed: lost + invented + problems.length, skipped: 0, acknowledged, seed, times, kills, problems })}\n`);
