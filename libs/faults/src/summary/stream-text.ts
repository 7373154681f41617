import type { Stream } from '#contracts';

const TEXTS = { upstream: ' towards the target', downstream: ' towards the caller', both: '' } as const satisfies Record<Stream | 'both', string>;

/** Which way the bytes flow, for summaries; nothing for both ways. */
export function streamText(stream: Stream | 'both'): string {
  return TEXTS[stream];
}
