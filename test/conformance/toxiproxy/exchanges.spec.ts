import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecording, recordingNames } from './exchange.js';
import { play } from './play.js';
import { startFace } from './start-face.js';
import type { StartedFace } from './start-face.js';

const recordings = await recordingNames();

describe('what a real Toxiproxy answered, asked of the agent', () => {
  let face: StartedFace;
  beforeAll(async () => {
    face = await startFace();
  });
  afterAll(() => face.close());

  it.each(recordings)('%s', async (name) => {
    const played = await play(face.url, await readRecording(name), { asRecorded: false });
    expect(played.length).toBeGreaterThan(0);
    expect(played.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  it('at least 120 exchanges, and a reason for each that differs', async () => {
    const all = await Promise.all(recordings.map(readRecording));
    const exchanges = all.flatMap(({ steps }) => steps).filter((step) => 'method' in step);
    expect(exchanges.length).toBeGreaterThanOrEqual(120);
    for (const { differs } of exchanges) if (differs !== undefined) expect(differs.reason.length).toBeGreaterThan(20);
  });
});
