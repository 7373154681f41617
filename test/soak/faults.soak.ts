import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runFaultCampaign } from './fault-campaign.js';
import { CLEAN_WITHIN_MS } from './fault-round.js';

/** `npm run soak -- faults`: kills server, agent and watchdog in random order at random moments; each time every target must be clean within the lease. */
const { values } = parseArgs({ options: { times: { type: 'string', default: '200' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } } });
const [times, seed] = [Number(values.times), Number(values.seed)];
if (!Number.isInteger(times) || times < 1 || !Number.isInteger(seed) || seed < 0) throw new Error(`--times and --seed must be whole numbers, not ${values.times} and ${values.seed}`);

process.stdout.write(`seed ${seed}, ${times} rounds\n`);
const result = await runFaultCampaign({ times, seed, say: (line) => process.stdout.write(`${line}\n`) });
const { passed, failed, skipped, worstMs, acting, victims, kinds, unavailable, problems } = result;
const bars = [
  { name: 'rounds in which a target was not broken before the kill, or not clean in time after it', value: failed, unit: 'rounds', bar: 0, holds: failed === 0, peer: null },
  { name: 'longest time from the last kill to all clean', value: Math.round(worstMs), unit: 'ms', bar: CLEAN_WITHIN_MS, holds: worstMs <= CLEAN_WITHIN_MS, peer: null },
];
process.stdout.write(`RESULT ${JSON.stringify({ name: 'faults', bars, passed, failed, skipped, seed, times, acting, victims, kinds, unavailable, problems: problems.slice(0, 20) })}\n`);
