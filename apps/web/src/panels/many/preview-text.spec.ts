import { describe, expect, it } from 'vitest';
import type { PreviewTarget, PreviewView } from '#contracts';
import { crossingText, eachText, pickedText, previewRefusal } from './preview-text.js';

const edge = (requestsPerSec: number | null, refusal: string | null = null): PreviewTarget => ({ target: { type: 'edge', edge: { source: 'a', target: 'b', protocol: 'http' } }, requestsPerSec, connections: 1, refusal });
const view = (matched: number, picked: readonly PreviewTarget[]): PreviewView => ({ matched, picked, rounding: '', requestsPerSec: picked.reduce((sum, one) => sum + (one.requestsPerSec ?? 0), 0) });

describe('the preview in words', () => {
  it('counts', () => {
    expect([pickedText(view(7, [edge(1), edge(2)]), 'edges'), pickedText(view(1, [edge(1)]), 'hosts'), pickedText(view(0, []), 'edges')]).toEqual(['2 of 7 edges that match', '1 of 1 host that matches', 'No edges match now']);
  });
  it('names what is picked in a sentence', () => expect([eachText(1, 'hosts'), eachText(3, 'edges')]).toEqual(['the picked host', 'each of the 3 edges']));
  it('adds up what crosses edges, and says nothing of hosts', () => {
    expect([crossingText(view(2, [edge(1.5), edge(2)])), crossingText(view(1, [edge(null)]))]).toEqual(['Together they carry 3.5 req/s now.', '']);
  });
  it('is off when one of them refuses, or nothing matches', () => {
    expect(previewRefusal(view(2, [edge(1), edge(1)]))).toBeNull();
    expect(previewRefusal(view(2, [edge(1), edge(1, 'busy')]))).toMatch(/^1 of the 2 picked refuses, so none would start/);
    expect(previewRefusal(view(0, []))).toMatch(/Nothing matches/);
  });
});
