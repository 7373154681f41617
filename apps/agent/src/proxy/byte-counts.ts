/** Bytes of a proxy by stream, since it was made: what came in on one side and what went out on the other. */
export interface ByteCounts {
  readonly upstream: { received: number; sent: number };
  readonly downstream: { received: number; sent: number };
}

export function noBytes(): ByteCounts {
  return { upstream: { received: 0, sent: 0 }, downstream: { received: 0, sent: 0 } };
}
