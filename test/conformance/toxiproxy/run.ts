/**
 * `npm run conformance -- toxiproxy [--against URL]`: plays every recording against this agent's data plane, or against the server at URL, which must then
 * answer as Toxiproxy did in everything. The last line is RESULT {json}.
 */
import { readRecording, recordingNames } from './exchange.js';
import { play } from './play.js';
import type { Played } from './play.js';
import { startFace } from './start-face.js';

const at = process.argv.indexOf('--against');
const against = at < 0 ? null : (process.argv[at + 1] ?? null);

async function playAll(url: string): Promise<Played[]> {
  const all: Played[] = [];
  for (const name of await recordingNames()) {
    const played = await play(url, await readRecording(name), { asRecorded: against !== null });
    all.push(...played);
    process.stdout.write(`${name}: ${played.length} exchanges\n`);
    for (const { title, expected, answer } of played.filter(({ outcome }) => outcome === 'failed')) {
      process.stdout.write(`  FAILED ${title}\n    expected ${JSON.stringify(expected)}\n    answered ${JSON.stringify(answer)}\n`);
    }
  }
  return all;
}

const face = against === null ? await startFace() : null;
const played = await playAll(face?.url ?? against!);
await face?.close();
const count = (outcome: Played['outcome']): number => played.filter((one) => one.outcome === outcome).length;
const [deliberate, failed] = [count('deliberate'), count('failed')];
process.stdout.write(`RESULT ${JSON.stringify({ name: 'toxiproxy', passed: played.length - failed, failed, skipped: 0, deliberate, against: against ?? 'faultline' })}\n`);
